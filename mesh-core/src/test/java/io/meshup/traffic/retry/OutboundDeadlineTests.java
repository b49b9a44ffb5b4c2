package io.meshup.traffic.retry;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;

import io.meshup.traffic.OutboundCall;
import io.meshup.traffic.ServedRequest;
import io.meshup.traffic.TestInbound;
import io.meshup.traffic.TestMesh;
import io.meshup.traffic.door.Admission;
import io.meshup.traffic.door.InboundGate;
import io.meshup.traffic.event.CallResult;
import io.meshup.traffic.request.CallContext;
import io.meshup.traffic.step.FailureKind;
import io.meshup.traffic.step.Step;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OutboundCall}: the time that is left of the request being served.
 */
class OutboundDeadlineTests {

	private final TestMesh mesh = new TestMesh().up("a", "b");

	@Test
	void tellsTheCalleeHowLongItIsWaitedFor() {
		this.mesh.rules(TestMesh.route("{\"timeouts\":{\"request\":\"2s\"}}"));

		Step.Send send = (Step.Send) this.mesh.open().begin();

		assertThat(send.changes().own()).containsEntry("x-mesh-timeout", "2000")
			.containsEntry("x-mesh-source", "storefront");
	}

	@Test
	void tellsTheCalleeNothingWithoutALimit() {
		Step.Send send = (Step.Send) this.mesh.open().begin();

		assertThat(send.changes().own()).doesNotContainKey("x-mesh-timeout");
	}

	@Test
	void cutsACallToWhatIsLeftOfTheRequestBeingServed() {
		this.mesh.rules(TestMesh.route("{\"timeouts\":{\"request\":\"2s\"}}"));
		CallContext context = served("500");
		this.mesh.clock.advanceMillis(200);

		Step.Send send = (Step.Send) open(context).begin();

		assertThat(send.timeout()).isEqualTo(Duration.ofMillis(300));
		assertThat(send.changes().own()).containsEntry("x-mesh-timeout", "300");
	}

	@Test
	void keepsTheRulesTimeoutWhereMoreIsLeft() {
		this.mesh.rules(TestMesh.route("{\"timeouts\":{\"request\":\"2s\"}}"));

		Step.Send send = (Step.Send) open(served("5000")).begin();

		assertThat(send.timeout()).isEqualTo(Duration.ofSeconds(2));
	}

	@Test
	void answers504AtOnceWhenNothingIsLeft() {
		CallContext context = served("500");
		this.mesh.clock.advanceMillis(500);

		Step step = open(context).begin();

		assertRefused(step);
		assertThat(this.mesh.attempts).isEmpty();
		assertThat(this.mesh.calls).extracting(CallResult::outcome).containsExactly("deadline");
	}

	@Test
	void doesNotRepeatPastTheDeadline() {
		this.mesh
			.rules(TestMesh.route("{\"retry\":{\"attempts\":5,\"backoff\":\"1s\",\"on\":[\"reset\",\"timeout\"]}}"));
		OutboundCall call = open(served("400"));
		call.begin();

		Step step = call.onFailure(new IOException("Connection reset"), FailureKind.RESET);

		assertThat(step).isInstanceOf(Step.Fail.class);
	}

	@Test
	void answers504WhenTheDeadlineCutsAnAttemptOff() {
		OutboundCall call = open(served("400"));
		Step.Send send = (Step.Send) call.begin();
		this.mesh.clock.advance(send.timeout());

		Step step = call.onFailure(new SocketTimeoutException("cut off"), FailureKind.TIMEOUT);

		assertRefused(step);
	}

	@Test
	void hasNoDeadlineOnceTheAnswerIsOnItsWay() {
		TestInbound inbound = TestInbound.request().header("x-mesh-timeout", "500");
		CallContext context = gate().admit(inbound).context();
		this.mesh.clock.advanceMillis(800);
		inbound.answered().set(true);

		Step.Send send = (Step.Send) open(context).begin();

		assertThat(send.timeout()).isZero();
		assertThat(send.changes().own()).doesNotContainKey("x-mesh-timeout");
	}

	@Test
	void hasNoDeadlineAfterTheAnswer() {
		Admission admission = gate().admit(TestInbound.request().header("x-mesh-timeout", "500"));
		admission.onEnd(200);
		this.mesh.clock.advanceMillis(800);

		assertThat(open(admission.context()).begin()).isInstanceOf(Step.Send.class);
	}

	@Test
	void roundsUpSoThatALivingCallNeverLooksExpired() {
		CallContext context = served("1");
		this.mesh.clock.advance(Duration.ofNanos(900_000));

		Step.Send send = (Step.Send) open(context).begin();

		assertThat(send.changes().own()).containsEntry("x-mesh-timeout", "1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "-1", "1.5", "soon", "99999999999999999999", "1s" })
	void ignoresWhatIsNoNumberOfMilliseconds(String garbage) {
		Step.Send send = (Step.Send) open(served(garbage)).begin();

		assertThat(send.timeout()).isZero();
	}

	@Test
	void refusesWorkThatNobodyWaitsForAtTheDoor() {
		Step refusal = gate().admit(TestInbound.request().header("x-mesh-timeout", "0")).refusal();

		assertRefused(refusal);
		assertThat(gate().admit(TestInbound.request().header("x-mesh-timeout", "1")).refusal()).isNull();
	}

	private CallContext served(String timeout) {
		return gate().admit(TestInbound.request().header("x-mesh-timeout", timeout)).context();
	}

	private InboundGate gate() {
		return this.mesh.engine.inbound("v1");
	}

	private OutboundCall open(CallContext context) {
		return this.mesh.engine.open(TestMesh.SERVICE, ServedRequest.get(context));
	}

	private static void assertRefused(@Nullable Step step) {
		assertThat(step).isInstanceOfSatisfying(Step.Reply.class, (reply) -> {
			assertThat(reply.status()).isEqualTo(504);
			assertThat(reply.headers()).containsEntry("x-mesh-reason", "deadline");
		});
	}

}
