package io.meshup.traffic.health;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.meshup.model.BreakerState;
import io.meshup.traffic.OutboundCall;
import io.meshup.traffic.TestMesh;
import io.meshup.traffic.TestRequest;
import io.meshup.traffic.event.TrafficChange;
import io.meshup.traffic.step.Step;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What comes back from trouble is judged by what was sent to try it, and by nothing that
 * was sent before.
 */
class TrialTests {

	private static final String BREAKER = "\"circuitBreaker\":{\"minimumCalls\":4,\"window\":\"10s\","
			+ "\"failureRatePercent\":50,\"openDuration\":\"5s\",\"halfOpenCalls\":2},"
			+ "\"outlierDetection\":{\"consecutiveErrors\":1000}";

	private final TestMesh mesh = new TestMesh();

	@Test
	void countsAnErrorAfterARefusedConnectionAsOneError() {
		this.mesh.up("a", "b", "c")
			.rules(TestMesh.policy("\"outlierDetection\":{\"consecutiveErrors\":3,\"maxEjectionPercent\":0}"));
		callTo("b").cancel();
		OutboundCall refused = callTo("a");
		this.mesh.refused(refused);
		refused.cancel();
		assertThat(this.mesh.view().ejected()).containsExactly("a");
		this.mesh.clock.advance(Duration.ofSeconds(1));

		answer(callTo("a"), 500);
		assertThat(this.mesh.view().ejected()).isEmpty();
		assertThat(this.mesh.changes).last()
			.satisfies((change) -> assertThat(change.kind()).isEqualTo(TrafficChange.Kind.RETURNED));

		answer(callTo("a"), 500);
		assertThat(this.mesh.view().ejected()).isEmpty();
		answer(callTo("a"), 500);
		assertThat(this.mesh.view().ejected()).containsExactly("a");
	}

	@Test
	void keepsTheShareWhenInstancesFailAfterTheyRefusedConnections() {
		this.mesh.up("a", "b", "c", "d")
			.rules(TestMesh.policy("\"outlierDetection\":{\"consecutiveErrors\":1,\"maxEjectionPercent\":50}"));
		for (String id : new String[] { "a", "b", "c" }) {
			OutboundCall refused = callTo(id);
			this.mesh.refused(refused);
			refused.cancel();
		}
		this.mesh.clock.advance(Duration.ofSeconds(1));
		for (int i = 0; i < 3; i++) {
			OutboundCall probe = this.mesh.open();
			assertThat(((Step.Send) probe.begin()).instance().id()).isNotEqualTo("d");
			answer(probe, 500);
		}

		assertThat(this.mesh.view().ejected()).hasSize(2);
	}

	@Test
	void letsOneProbeThroughThoughOlderCallsAreGivenUp() {
		this.mesh.up("a", "b", "c");
		OutboundCall before = callTo("a");
		for (int i = 0; i < 5; i++) {
			answer(callTo("a"), 500);
		}
		this.mesh.clock.advance(Duration.ofSeconds(10));
		OutboundCall probe = callTo("a");

		before.cancel();
		assertNobodyElseIsSentTo("a");
		probe.cancel();
		assertThat(((Step.Send) this.mesh.open().begin()).instance().id()).isEqualTo("a");
	}

	@Test
	void judgesAProbeByItsOwnAnswerNotByAnOlderOne() {
		this.mesh.up("a", "b", "c");
		OutboundCall before = callTo("a");
		for (int i = 0; i < 5; i++) {
			answer(callTo("a"), 500);
		}
		this.mesh.clock.advance(Duration.ofSeconds(10));
		OutboundCall probe = callTo("a");

		answer(before, 500);
		assertNobodyElseIsSentTo("a");
		answer(probe, 200);
		assertThat(this.mesh.view().ejected()).isEmpty();
	}

	@Test
	void probesNothingWithACopyAndGivesNobodysProbeBack() {
		this.mesh.up("a")
			.upIn("v2", "b")
			.rules(TestMesh.policy("\"outlierDetection\":{\"consecutiveErrors\":1}"),
					TestMesh.route("{\"matches\":[{\"headers\":[{\"name\":\"x-v1\",\"value\":\"1\"}]}],"
							+ "\"backendRefs\":[{\"version\":\"v1\"}]},{\"backendRefs\":[{\"version\":\"v2\"}],"
							+ "\"filters\":[{\"requestMirror\":{\"version\":\"v1\"}}]}"));
		TestRequest toFirst = TestRequest.get("/").header("x-v1", "1");
		answer(opened(toFirst), 500);
		assertThat(this.mesh.view().ejected()).containsExactly("a");
		this.mesh.clock.advance(Duration.ofSeconds(10));
		OutboundCall probe = opened(toFirst);

		Step.Send mirrored = (Step.Send) this.mesh.open().begin();
		assertThat(mirrored.mirrors()).extracting((mirror) -> mirror.instance().id()).containsExactly("a");
		this.mesh.clock.advanceMillis(1);

		answer(opened(toFirst), 500);
		answer(probe, 200);
		assertThat(this.mesh.view().ejected()).as("only the probe decides").isEmpty();
	}

	@Test
	void keepsAHalfOpenBreakerFromWhatWasSentBeforeItOpened() {
		this.mesh.up("a").rules(TestMesh.policy(BREAKER));
		OutboundCall given = this.mesh.open();
		OutboundCall good = this.mesh.open();
		OutboundCall bad = this.mesh.open();
		given.begin();
		good.begin();
		bad.begin();
		while (state() != BreakerState.OPEN) {
			this.mesh.answer(500);
		}
		this.mesh.clock.advanceMillis(5_001);
		OutboundCall first = opened(TestRequest.get("/"));
		OutboundCall second = opened(TestRequest.get("/"));

		given.cancel();
		assertThat(this.mesh.open().begin()).as("both probes are under way").isInstanceOf(Step.Reply.class);
		answer(good, 200);
		answer(bad, 500);
		assertThat(state()).as("neither was a probe").isEqualTo(BreakerState.HALF_OPEN);
		answer(first, 200);
		answer(second, 200);
		assertThat(state()).isEqualTo(BreakerState.CLOSED);
	}

	private void assertNobodyElseIsSentTo(String id) {
		for (int i = 0; i < 50; i++) {
			OutboundCall call = this.mesh.open();
			assertThat(((Step.Send) call.begin()).instance().id()).isNotEqualTo(id);
			call.cancel();
		}
	}

	private OutboundCall opened(TestRequest request) {
		OutboundCall call = this.mesh.open(request);
		assertThat(call.begin()).isInstanceOf(Step.Send.class);
		return call;
	}

	// Others stay under way meanwhile, so that the busy one is chosen too.
	private OutboundCall callTo(String id) {
		List<OutboundCall> others = new ArrayList<>();
		OutboundCall call = this.mesh.open();
		while (!((Step.Send) call.begin()).instance().id().equals(id)) {
			assertThat(others).hasSizeLessThan(1_000);
			others.add(call);
			call = this.mesh.open();
		}
		others.forEach(OutboundCall::cancel);
		return call;
	}

	private static void answer(OutboundCall call, int status) {
		call.onHead(status, (name) -> null);
		call.onEnd(null);
	}

	private BreakerState state() {
		return this.mesh.view().breakers().get("v1");
	}

}
