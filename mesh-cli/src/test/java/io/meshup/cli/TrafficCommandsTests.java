package io.meshup.cli;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@code topology}, {@code top} and {@code explain}.
 */
class TrafficCommandsTests extends CommandTests {

	@Test
	void showsNodesAndEdges() {
		this.registry.on("GET /api/v1/topology?window=60s", 200, "topology.json");

		assertThat(run("topology").out()).contains("inventory  v1        2          2")
			.contains("catalog v1  payments v1       9.0  50.0 %", "open");
	}

	@Test
	void showsRatesOnceWhereNoTerminalIs() {
		this.registry.on("GET /api/v1/topology?window=10s", 200, "topology.json");

		Run.Outcome outcome = run("top");

		assertThat(outcome.code()).isZero();
		assertThat(outcome.out()).contains("81.0 calls/s, 4.5 errors/s over the last 10s").doesNotContain("\u001b");
		assertThat(this.registry.requests()).hasSize(1);
	}

	@Test
	void asksWhereARequestWouldGo() {
		this.registry.on("POST /api/v1/explain", 200, "explained.json");

		Run.Outcome outcome = run("explain", "http://inventory/items?a=b%20c", "--from", "catalog", "-X", "POST", "-H",
				"x-beta: 1");

		assertThat(this.registry.last().body())
			.isEqualTo("{\"source\":\"catalog\",\"service\":\"inventory\",\"method\":\"POST\",\"path\":\"/items\","
					+ "\"headers\":{\"x-beta\":\"1\"},\"queryParams\":{\"a\":\"b c\"}}");
		assertThat(outcome.out()).contains("Route/inventory (revision 14): rule 0 (split)", "rule 0 split fits",
				"none, the defaults hold", "80.0 %", "inventory/127.0.0.1-40203  v2       UP      maybe",
				"the rule does not send to version v3", "catalog/127.0.0.1-40111  yes");
	}

	@Test
	void refusesWhatIsNoRequest() {
		assertThat(run("explain", "not a request").code()).isEqualTo(2);
		assertThat(run("explain", "inventory", "-H", "nocolon").err()).contains("write NAME:VALUE");
	}

}
