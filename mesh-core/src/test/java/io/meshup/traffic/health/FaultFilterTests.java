package io.meshup.traffic.health;

import io.meshup.traffic.OutboundCall;
import io.meshup.traffic.TestMesh;
import io.meshup.traffic.TestRequest;
import io.meshup.traffic.step.Step;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * T96: faults that a rule injects meet what the rule matches and nothing else, and end
 * with the rule.
 */
class FaultFilterTests {

	private static final String FAULTS = "{\"matches\":[{\"headers\":[{\"name\":\"x-test\",\"value\":\"1\"}]}],"
			+ "\"filters\":[{\"fault\":{\"delay\":{\"percent\":50,\"duration\":\"2s\"},\"abort\":{\"percent\":50,\"status\":503}}}]}";

	private final TestMesh mesh = new TestMesh().up("a");

	@Test
	void meetsOnlyWhatTheRuleMatches() {
		this.mesh.rules(TestMesh.route(FAULTS));
		int met = 0;
		for (int i = 0; i < 10_000; i++) {
			assertThat(begin(TestRequest.get("/items"))).isInstanceOf(Step.Send.class);
			met += (begin(TestRequest.get("/items").header("x-test", "1")) instanceof Step.Send) ? 0 : 1;
		}

		assertThat(met).as("delayed or aborted of 10,000").isBetween(7_300, 7_700);
	}

	@Test
	void endsWithTheRule() {
		this.mesh.rules(TestMesh.route(FAULTS.replace("\"percent\":50", "\"percent\":100")));
		TestRequest request = TestRequest.get("/items").header("x-test", "1");
		assertThat(begin(request)).isInstanceOf(Step.Wait.class);

		this.mesh.rules(TestMesh.route("{\"name\":\"all\"}"));

		assertThat(begin(request)).as("the very next call").isInstanceOf(Step.Send.class);
	}

	private Step begin(TestRequest request) {
		OutboundCall call = this.mesh.open(request);
		Step step = call.begin();
		call.cancel();
		return step;
	}

}
