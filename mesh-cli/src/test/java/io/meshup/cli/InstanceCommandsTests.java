package io.meshup.cli;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@code services}, {@code instances} and {@code drain}.
 */
class InstanceCommandsTests extends CommandTests {

	private static final String INSTANCE = "/api/v1/services/inventory/instances/127.0.0.1-40201/drain";

	@Test
	void listsServicesWithTheirVersions() {
		this.registry.on("GET /api/v1/services", 200, "services.json");

		Run.Outcome outcome = run("services");

		assertThat(outcome.code()).isZero();
		assertThat(outcome.out()).startsWith("SERVICE ").contains("inventory   3          3  v1 2/2, v2 1/1");
		assertThat(this.registry.last().header("Authorization")).startsWith("Basic ");
	}

	@Test
	void saysWhatTheRegistrySaidInJsonAndYaml() {
		this.registry.on("GET /api/v1/services", 200, "services.json");

		assertThat(run("services", "-o", "yaml").out()).contains("services:", "  - name: catalog");
		assertThat(run("services", "-o", "json").out()).contains("\"name\" : \"catalog\"");
	}

	@Test
	void listsTheInstancesOfEveryService() {
		this.registry.on("GET /api/v1/services", 200, "services.json")
			.on("GET /api/v1/services/catalog", 200, "service-catalog.json")
			.on("GET /api/v1/services/inventory", 200, "service-inventory-draining.json")
			.on("GET /api/v1/services/payments", 200, "service-payments.json");

		Run.Outcome outcome = run("instances");

		assertThat(outcome.out().lines()).hasSize(6);
		assertThat(outcome.out()).contains("DOWN", "DRAINING", "by admin for 1s, no caller to wait for");
	}

	@Test
	void namesWhoIsAwaitedAndDrainsOfWhatIsNotThere() {
		this.registry.on("GET /api/v1/services/inventory", 200,
				"{\"name\":\"inventory\",\"instances\":[{\"id\":\"i1\",\"version\":\"v1\",\"drain\":{\"by\":\"admin\","
						+ "\"since\":\"2026-11-22T13:00:06Z\",\"revision\":9,\"callers\":2,\"confirmed\":1,\"awaiting\":[\"orders/o1\"],"
						+ "\"done\":false}}],\"drains\":[{\"scope\":\"instance\",\"name\":\"i1\"},{\"scope\":\"version\",\"name\":\"v7\","
						+ "\"by\":\"bob\",\"since\":\"2026-11-22T12:00:10Z\"}]}");

		Run.Outcome outcome = run("instances", "inventory");

		assertThat(outcome.out()).contains("by admin for 4s, 1 of 2 callers confirmed, awaiting orders/o1");
		assertThat(outcome.err())
			.contains("inventory --version v7 (by bob for 60m)", "meshctl drain inventory --version v7 --undo")
			.doesNotContain("i1");
	}

	@Test
	void listsTheNodesAndWhichOneIsReadOnly() {
		this.registry.on("GET /api/v1/nodes", 200,
				"{\"self\":\"a-1\",\"connected\":false,\"nodes\":[{\"id\":\"a-1\",\"self\":true,\"connected\":false,\"instances\":4,\"version\":\"1.1\",\"startedAt\":\"2026-01-01T00:00:00Z\"},"
						+ "{\"id\":\"b-2\",\"self\":false,\"connected\":true,\"instances\":5}]}");

		assertThat(run("nodes").out().lines()).containsExactly("NODE  STATE      INSTANCES  VERSION  STARTED",
				"a-1   READ-ONLY          4  1.1      2026-01-01T00:00:00Z  answers", "b-2   UP                 5");
	}

	@Test
	void leavesColumnsOutBeforeItCutsOthers() {
		this.registry.on("GET /api/v1/services/inventory", 200, "service-inventory-draining.json");

		Run.Outcome outcome = run().onTerminal(90).with("NO_COLOR", "1").of("instances", "inventory");

		assertThat(outcome.out().lines()).allMatch((line) -> line.length() <= 90);
		assertThat(outcome.out()).contains("127.0.0.1-40201", "by admin for 1s, no caller to wait for")
			.doesNotContain("ZONE", "\u001b");
	}

	@Test
	void cutsTheWidestColumnsToTheWidthOfTheTerminal() {
		this.registry.on("GET /api/v1/rules/Route/inventory/history", 200, "history.json");

		Run.Outcome outcome = run().onTerminal(60).with("NO_COLOR", "1").of("history", "Route/inventory");

		assertThat(outcome.out().lines()).allMatch((line) -> line.length() <= 60);
	}

	@Test
	void coloursWhereAPersonLooks() {
		this.registry.on("GET /api/v1/services/inventory", 200, "service-inventory.json");

		assertThat(run().onTerminal(120).of("instances", "inventory").out()).contains("\u001b[32mUP");
		assertThat(run("instances", "inventory").out()).doesNotContain("\u001b");
	}

	@Test
	void doesNotLetTextsOfOthersSteerTheTerminal() {
		this.registry.on("GET /api/v1/services", 200,
				"{\"services\":[{\"name\":\"a\\u001b[31mb\",\"versions\":{},\"revision\":1}]}");

		assertThat(run("services").out()).contains("a?[31mb").doesNotContain("\u001b");
	}

	@Test
	void drainsAnInstanceAndWaitsForItsCallers() {
		this.registry.on("POST " + INSTANCE, 200, "drained.json")
			.on("GET /api/v1/services/inventory", 200, "service-inventory-draining.json");

		Run.Outcome outcome = run("drain", "inventory/127.0.0.1-40201", "--wait");

		assertThat(outcome.code()).isZero();
		assertThat(outcome.out()).contains("is draining. Take it back with: meshctl drain", "no caller to wait for",
				"Drained: every caller has confirmed.");
	}

	@Test
	void saysWhoIsAwaitedWhenADrainTakesLonger() {
		this.registry.on("POST /api/v1/services/inventory/versions/v1/drain", 200, "drained.json")
			.on("GET /api/v1/services/inventory", 200,
					"{\"name\":\"inventory\",\"instances\":[{\"id\":\"i1\",\"version\":\"v1\",\"drain\":"
							+ "{\"by\":\"admin\",\"revision\":9,\"callers\":2,\"confirmed\":1,\"awaiting\":[\"orders/o1\"],\"done\":false}}]}");

		Run.Outcome outcome = run("drain", "inventory", "--version", "v1", "--wait", "--timeout", "-1");

		assertThat(outcome.code()).isEqualTo(1);
		assertThat(outcome.out()).contains("i1: 1 of 2 callers confirmed, awaiting orders/o1", "Not drained after");
	}

	@Test
	void takesADrainBack() {
		this.registry.on("DELETE " + INSTANCE, 204, "");

		assertThat(run("drain", "inventory/127.0.0.1-40201", "--undo").out()).contains("No drain holds",
				"it is chosen again");
		assertThat(this.registry.last().call()).isEqualTo("DELETE " + INSTANCE);
	}

	@Test
	void refusesADrainOfAWholeService() {
		Run.Outcome outcome = run("drain", "inventory");

		assertThat(outcome.code()).isEqualTo(2);
		assertThat(outcome.err()).contains("SERVICE --version VERSION");
		assertThat(this.registry.requests()).isEmpty();
	}

}
