package io.meshup.traffic.health;

import java.time.Duration;

import io.meshup.model.BreakerState;
import io.meshup.traffic.OutboundCall;
import io.meshup.traffic.TestMesh;
import io.meshup.traffic.event.TrafficChange;
import io.meshup.traffic.step.FailureKind;
import io.meshup.traffic.step.Step;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for circuit breakers through the whole engine.
 */
class BreakerTrafficTests {

	private static final String BREAKER = "\"circuitBreaker\":{\"minimumCalls\":4,\"window\":\"10s\","
			+ "\"failureRatePercent\":50,\"openDuration\":\"5s\",\"halfOpenCalls\":2}";

	private final TestMesh mesh = new TestMesh().up("a").rules(TestMesh.policy(BREAKER));

	@Test
	void hasNoBreakerWhereNoRuleAsksForOne() {
		this.mesh.rules(TestMesh.policy(""));
		assertThat(this.mesh.view().breakers()).isEmpty();

		this.mesh.rules(TestMesh.policy("\"circuitBreaker\":{}"));
		assertThat(this.mesh.view().breakers()).containsEntry("v1", BreakerState.CLOSED);

		this.mesh.rules();
		assertThat(this.mesh.view().breakers()).isEmpty();
	}

	@Test
	void opensAtTheRateThenProbesThenCloses() {
		open();
		assertThat(this.mesh.open().begin()).isInstanceOfSatisfying(Step.Reply.class, (reply) -> {
			assertThat(reply.status()).isEqualTo(503);
			assertThat(reply.headers()).containsEntry("x-mesh-reason", "circuit-open");
		});

		this.mesh.clock.advanceMillis(5_001);
		this.mesh.answer(200);
		assertThat(state()).isEqualTo(BreakerState.HALF_OPEN);
		this.mesh.answer(200);

		assertThat(state()).isEqualTo(BreakerState.CLOSED);
		assertThat(this.mesh.changes).extracting(TrafficChange::kind)
			.containsSubsequence(TrafficChange.Kind.BREAKER_OPENED, TrafficChange.Kind.BREAKER_HALF_OPENED,
					TrafficChange.Kind.BREAKER_CLOSED);
	}

	@Test
	void letsOthersProbeWhenItsProbesHang() {
		open();
		this.mesh.clock.advanceMillis(5_001);
		while (this.mesh.open().begin() instanceof Step.Send) {
			assertThat(state()).isEqualTo(BreakerState.HALF_OPEN);
		}

		this.mesh.clock.advance(Duration.ofSeconds(30));
		assertThat(this.mesh.open().begin()).isInstanceOf(Step.Reply.class);
		this.mesh.clock.advanceMillis(5_001);
		assertThat(this.mesh.open().begin()).isInstanceOf(Step.Send.class);
	}

	@Test
	void staysClosedBelowItsMinimumAndForgetsWhatIsOlderThanTheWindow() {
		for (int i = 0; i < 20; i++) {
			this.mesh.answer(500);
			this.mesh.answer(500);
			this.mesh.answer(500);
			this.mesh.clock.advance(Duration.ofSeconds(11));
		}

		assertThat(state()).isEqualTo(BreakerState.CLOSED);
	}

	@Test
	void opensAgainWhenTheProbesFail() {
		open();
		this.mesh.clock.advanceMillis(5_001);
		this.mesh.answer(500);
		this.mesh.answer(500);

		assertThat(state()).isEqualTo(BreakerState.OPEN);
	}

	@Test
	void givesThePermissionOfACancelledProbeBack() {
		open();
		this.mesh.clock.advanceMillis(5_001);
		for (int i = 0; i < 10; i++) {
			OutboundCall probe = this.mesh.open();
			assertThat(probe.begin()).isInstanceOf(Step.Send.class);
			probe.cancel();
		}
		this.mesh.answer(200);
		this.mesh.answer(200);

		assertThat(state()).isEqualTo(BreakerState.CLOSED);
	}

	@Test
	void givesThePermissionBackWhenTheFailureWasNotTheInstancesFault() {
		open();
		this.mesh.clock.advanceMillis(5_001);
		for (int i = 0; i < 10; i++) {
			OutboundCall probe = this.mesh.open();
			assertThat(probe.begin()).isInstanceOf(Step.Send.class);
			probe.onFailure(new IllegalStateException("bad body"), FailureKind.OTHER);
		}

		assertThat(state()).isEqualTo(BreakerState.HALF_OPEN);
	}

	@Test
	void letsOnlySoManyProbesThrough() {
		open();
		this.mesh.clock.advanceMillis(5_001);

		assertThat(this.mesh.open().begin()).isInstanceOf(Step.Send.class);
		assertThat(this.mesh.open().begin()).isInstanceOf(Step.Send.class);
		assertThat(this.mesh.open().begin()).isInstanceOf(Step.Reply.class);
	}

	@Test
	void opensForSlowCalls() {
		this.mesh.rules(TestMesh.policy("\"circuitBreaker\":{\"minimumCalls\":2,\"slowCallDuration\":\"100ms\","
				+ "\"slowCallRatePercent\":100}"));
		for (int i = 0; i < 2; i++) {
			OutboundCall call = this.mesh.open();
			call.begin();
			this.mesh.clock.advanceMillis(100);
			call.onHead(200, (name) -> null);
			call.onEnd(null);
		}

		assertThat(state()).isEqualTo(BreakerState.OPEN);
	}

	@Test
	void survivesARuleChangeThatDoesNotTouchItsSettings() {
		open();
		this.mesh.rules(TestMesh.policy(BREAKER + ",\"panicThresholdPercent\":20"));
		assertThat(state()).isEqualTo(BreakerState.OPEN);

		this.mesh.rules(TestMesh.policy(BREAKER.replace("5s", "6s")));
		assertThat(state()).isEqualTo(BreakerState.CLOSED);
	}

	@Test
	void leavesAnOpenVersionOutOfTheDrawWhileAnotherIsLeft() {
		this.mesh.upIn("v2", "b")
			.rules(TestMesh.policy(BREAKER), TestMesh.route("{\"backendRefs\":[{\"version\":\"v1\"}]}"));
		open();
		this.mesh.rules(TestMesh.policy(BREAKER), TestMesh
			.route("{\"backendRefs\":[{\"version\":\"v1\",\"weight\":99},{\"version\":\"v2\",\"weight\":1}]}"));
		for (int i = 0; i < 50; i++) {
			assertThat(this.mesh.answer(200).version()).isEqualTo("v2");
		}

		this.mesh.rules(TestMesh.policy(BREAKER));
		for (int i = 0; i < 50; i++) {
			assertThat(this.mesh.answer(200).version()).isEqualTo("v2");
		}
	}

	@Test
	void reportsItsStateOnTheEdge() {
		open();

		assertThat(this.mesh.engine.edges().changes()).singleElement()
			.satisfies((edge) -> assertThat(edge.breaker()).isEqualTo(BreakerState.OPEN));
	}

	private void open() {
		while (state() != BreakerState.OPEN) {
			this.mesh.answer(500);
		}
	}

	private BreakerState state() {
		return this.mesh.view().breakers().get("v1");
	}

}
