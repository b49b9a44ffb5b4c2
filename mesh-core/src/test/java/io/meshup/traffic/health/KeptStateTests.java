package io.meshup.traffic.health;

import java.util.Map;

import io.meshup.model.BreakerState;
import io.meshup.traffic.OutboundCall;
import io.meshup.traffic.TestMesh;
import io.meshup.traffic.TestRequest;
import io.meshup.traffic.step.Step;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * T91: what was learnt of a service survives a change of rules that do not concern it.
 */
class KeptStateTests {

	private static final JsonNode POLICY = TestMesh
		.policy("\"circuitBreaker\":{\"minimumCalls\":4,\"openDuration\":\"30s\"}");

	private final TestMesh mesh = new TestMesh().up("a", "b");

	@Test
	void keepsABreakerOpenWhenTheRouteChanges() {
		this.mesh.rules(POLICY);
		for (int i = 0; i < 4; i++) {
			this.mesh.answer(500);
		}
		assertThat(this.mesh.view().breakers()).isEqualTo(Map.of("v1", BreakerState.OPEN));

		for (int i = 1; i <= 20; i++) {
			this.mesh.rules(POLICY, TestMesh.route("{\"timeouts\":{\"request\":\"" + i + "s\"}}"));
			assertThat(this.mesh.view().breakers()).isEqualTo(Map.of("v1", BreakerState.OPEN));
			assertThat(this.mesh.open().begin()).isInstanceOf(Step.Reply.class);
		}
	}

	@Test
	void keepsTheCallsOfABreakerThatIsClosed() {
		this.mesh.rules(POLICY);
		this.mesh.answer(500);
		this.mesh.answer(500);
		this.mesh.rules(POLICY, TestMesh.route("{\"name\":\"all\"}"));
		this.mesh.upIn("v2", "c");
		this.mesh.answer(TestRequest.get("/items"), 200);
		while (this.mesh.view().breakers().get("v1") == BreakerState.CLOSED && this.mesh.attempts.size() < 40) {
			this.mesh.answer(500);
		}

		assertThat(this.mesh.attempts.stream().filter((attempt) -> attempt.version().equals("v1"))).hasSize(4);
	}

	@Test
	void keepsTheBreakerOfARuleWithoutANameWhereverTheRuleStands() {
		String own = "{\"matches\":[{\"path\":{\"value\":\"/items\"}}],"
				+ "\"circuitBreaker\":{\"minimumCalls\":4,\"openDuration\":\"30s\"}}";
		String other = "{\"matches\":[{\"path\":{\"value\":\"/other\"}}],"
				+ "\"circuitBreaker\":{\"minimumCalls\":4,\"openDuration\":\"30s\"}}";
		this.mesh.rules(TestMesh.route(own));
		for (int i = 0; i < 4; i++) {
			this.mesh.answer(500);
		}
		assertThat(this.mesh.open().begin()).isInstanceOf(Step.Reply.class);

		this.mesh.rules(TestMesh.route(other + "," + own));

		assertThat(this.mesh.open().begin()).as("its own breaker is still open").isInstanceOf(Step.Reply.class);
		assertThat(this.mesh.open(TestRequest.get("/other")).begin()).as("the other's is not")
			.isInstanceOf(Step.Send.class);
		this.mesh.rules(TestMesh.route(other));
		assertThat(this.mesh.view().breakers()).hasSize(1)
			.allSatisfy((name, state) -> assertThat(name).startsWith("rule:#/other~"));
	}

	@Test
	void keepsAnInstanceOutAndTheRetriesThatAreSpent() {
		this.mesh.rules(TestMesh.policy("\"retryBudget\":{\"percent\":0,\"minPerSecond\":1}"));
		OutboundCall first = this.mesh.open();
		first.begin();
		assertThat(this.mesh.after(first, this.mesh.reset(first))).isInstanceOf(Step.Send.class);
		OutboundCall refused = this.mesh.open();
		String out = ((Step.Send) refused.begin()).instance().id();
		this.mesh.refused(refused);

		this.mesh.rules(TestMesh.policy("\"retryBudget\":{\"percent\":0,\"minPerSecond\":1}"),
				TestMesh.route("{\"name\":\"all\"}"));

		assertThat(this.mesh.view().ejected()).containsExactly(out);
		OutboundCall next = this.mesh.open();
		next.begin();
		assertThat(this.mesh.reset(next)).as("no retry is left in this second").isInstanceOf(Step.Fail.class);
	}

}
