package io.meshup.cli;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@code check}.
 */
class CheckCommandTests extends CommandTests {

	private static final String QUIET = "{\"nodes\":[],\"edges\":[]}";

	@BeforeEach
	void answerWell() {
		this.registry.on("GET /api/v1/session", 200, "session.json")
			.on("GET /api/v1/services", 200, "{\"services\":[{\"name\":\"inventory\"}]}")
			.on("GET /api/v1/services/inventory", 200, "service-inventory.json")
			.on("GET /api/v1/rules", 200, "{\"rules\":[]}")
			.on("GET /api/v1/nodes", 200,
					"{\"nodes\":[{\"id\":\"n1\",\"self\":true,\"connected\":true,\"instances\":3}]}")
			.on("GET /api/v1/topology?window=60s", 200, QUIET);
	}

	@Test
	void namesTheNodes() {
		assertThat(run("check").out()).contains("ok      nodes: one node: n1 with 3 instances");
		nodes(true);
		assertThat(run("check").out()).contains("nodes: 2 nodes: n1 with 3 instances (answers), n2 with 4 instances");
	}

	@Test
	void findsNodesThatAreCutOffOrMissing() {
		nodes(false);
		Run.Outcome outcome = run("check");
		assertThat(outcome.code()).isEqualTo(1);
		assertThat(outcome.out()).contains("problem registry: node n1 is cut off from Redis", "-> look at Redis");

		nodes(true);
		assertThat(run("check", "--nodes", "2").code()).isZero();
		outcome = run("check", "--nodes", "3");
		assertThat(outcome.code()).isEqualTo(1);
		assertThat(outcome.out()).contains("2 nodes of 3 there: n1");
	}

	// T22
	@Test
	void findsParticipantsThatKnewAnotherRegistry() {
		this.registry.on("GET /api/v1/nodes", 200, "{\"nodes\":[{\"id\":\"n1\",\"self\":true,\"connected\":true}],"
				+ "\"strangers\":[{\"registry\":\"reg-a\",\"participants\":3}]}");

		Run.Outcome outcome = run("check");

		assertThat(outcome.code()).isEqualTo(1);
		assertThat(outcome.out()).contains("3 participants came within the last hour", "'reg-a'", "restore the backup");
	}

	private void nodes(boolean connected) {
		this.registry.on("GET /api/v1/nodes", 200, "{\"nodes\":[{\"id\":\"n1\",\"self\":true,\"connected\":" + connected
				+ ",\"instances\":3}," + "{\"id\":\"n2\",\"self\":false,\"connected\":true,\"instances\":4}]}");
	}

	@Test
	void saysThatAllIsWell() {
		Run.Outcome outcome = run("check");

		assertThat(outcome.code()).isZero();
		assertThat(outcome.out()).contains("you are admin (admin)", "3 instances of 1 service up", "All is well.");
	}

	@Test
	void findsBreakersErrorsAndEjections() {
		this.registry.on("GET /api/v1/topology?window=60s", 200, "topology.json");

		Run.Outcome outcome = run("check");

		assertThat(outcome.code()).isEqualTo(1);
		assertThat(outcome.out()).contains("catalog v1 -> payments v1: the circuit breaker is open",
				"50.0 % of 9.0 calls/s fail (limit 10.0 %)", "1 instance left out", "3 problems.");
	}

	@Test
	void findsServicesWithoutInstancesThatAreUp() {
		this.registry.on("GET /api/v1/services/inventory", 200, "service-payments.json");

		assertThat(run("check").out()).contains("payments: has no instance that is UP (DOWN 127.0.0.1-40301)",
				"-> see 'meshctl instances payments'");
	}

	@Test
	void namesTheWayBackWhereAllThatIsLeftIsDrained() {
		instance("{\"id\":\"i1\",\"status\":\"DRAINING\"}", "");

		assertThat(run("check").out()).contains("inventory: has no instance that is UP (DRAINING i1)",
				"'meshctl drain --undo' takes an operator's drain back");
	}

	@Test
	void findsSuspectInstancesAndRejectedRules() {
		instance("{\"id\":\"i1\",\"status\":\"UP\",\"rejected\":[{\"rule\":\"Route/inventory\",\"revision\":9,"
				+ "\"reason\":\"unknown filter\"}]},{\"id\":\"i2\",\"status\":\"SUSPECT\"}", "");

		assertThat(run("check").out()).contains("inventory: lost the line to i2 (SUSPECT)",
				"cannot use the rule Route/inventory (revision 9): unknown filter");
	}

	@Test
	void takesDrainsForNotesUnlessAskedToBeStrict() {
		this.registry.on("GET /api/v1/services/inventory", 200, "service-inventory-draining.json");

		Run.Outcome outcome = run("check");

		assertThat(outcome.code()).isZero();
		assertThat(outcome.out()).contains("note    inventory: draining: 127.0.0.1-40201");
		assertThat(run("check", "--strict").code()).isEqualTo(1);
	}

	@Test
	void findsCallersThatStayBehind() {
		instance("{\"id\":\"i1\",\"status\":\"UP\"}", "{\"service\":\"orders\",\"id\":\"o1\",\"applied\":8}");

		Run.Outcome outcome = run("check", "--patience", "1");

		assertThat(outcome.code()).isEqualTo(1);
		assertThat(outcome.out()).contains("inventory: orders/o1 still use what was before revision 9");
	}

	@Test
	void notesRulesForServicesThatDoNotRun() {
		this.registry.on("GET /api/v1/rules", 200, "rules.json");

		assertThat(run("check").out())
			.contains("note    TrafficPolicy/payments: names the service 'payments', which does not run");
	}

	@Test
	void tellsScriptsInJson() {
		assertThat(run("check", "-o", "json").out()).contains("\"well\" : true", "\"level\" : \"OK\"");
	}

	private void instance(String instances, String watchers) {
		this.registry.on("GET /api/v1/services/inventory", 200, "{\"name\":\"inventory\",\"revision\":9,\"instances\":["
				+ instances + "],\"watchers\":[" + watchers + "]}");
	}

}
