package io.meshup.traffic.retry;

import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import io.meshup.model.ServiceSnapshot;
import io.meshup.traffic.OutboundCall;
import io.meshup.traffic.TestMesh;
import io.meshup.traffic.step.FailureKind;
import io.meshup.traffic.step.Step;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OutboundCall}: what is left of its time.
 */
class OutboundTimeoutTests {

	private final TestMesh mesh = new TestMesh();

	@Test
	void cutsEachAttemptToWhatIsLeftOfTheCall() {
		this.mesh.up("a", "b", "c", "d")
			.rules(TestMesh.route("{\"timeouts\":{\"request\":\"500ms\",\"backendRequest\":\"300ms\"},"
					+ "\"retry\":{\"attempts\":5,\"on\":[\"timeout\"],\"backoff\":\"0s\"}}"));
		OutboundCall call = this.mesh.open();
		Step.Send first = (Step.Send) call.begin();
		this.mesh.clock.advance(first.timeout());
		Step.Send second = (Step.Send) call.onFailure(new SocketTimeoutException("Read timed out"),
				FailureKind.TIMEOUT);
		this.mesh.clock.advance(second.timeout());

		Step last = call.onFailure(new SocketTimeoutException("Read timed out"), FailureKind.TIMEOUT);

		assertThat(first.timeout()).isEqualTo(Duration.ofMillis(300));
		assertThat(second.timeout()).isEqualTo(Duration.ofMillis(200));
		assertThat(last).isInstanceOfSatisfying(Step.Reply.class, (reply) -> {
			assertThat(reply.status()).isEqualTo(504);
			assertThat(reply.headers()).containsEntry("x-mesh-reason", "timeout");
			assertThat(new String(reply.body(), StandardCharsets.UTF_8)).contains("did not answer within 200ms");
		});
	}

	@Test
	void doesNotWaitForARetryThatCannotBeInTime() {
		this.mesh.up("a", "b")
			.rules(TestMesh
				.route("{\"timeouts\":{\"request\":\"100ms\"}," + "\"retry\":{\"attempts\":5,\"backoff\":\"1s\"}}"));
		OutboundCall call = this.mesh.open();
		call.begin();

		assertThat(this.mesh.reset(call)).isInstanceOf(Step.Fail.class);
	}

	@Test
	void answersTimeoutWhenTheWaitTookTooLong() {
		this.mesh.up("a", "b")
			.rules(TestMesh
				.route("{\"timeouts\":{\"request\":\"100ms\"}," + "\"retry\":{\"attempts\":5,\"backoff\":\"50ms\"}}"));
		OutboundCall call = this.mesh.open();
		call.begin();
		Step wait = this.mesh.reset(call);
		this.mesh.clock.advanceMillis(150);

		Step step = call.resume();

		assertThat(wait).isInstanceOf(Step.Wait.class);
		assertThat(step).isInstanceOfSatisfying(Step.Reply.class, (reply) -> assertThat(reply.status()).isEqualTo(504));
	}

	@Test
	void answersTimeoutWhenTheFirstSnapshotComesAfterTheCallsTime() {
		OutboundCall call = this.mesh.open();
		Step wait = call.begin();
		this.mesh.clock.advanceMillis(150);
		this.mesh.up("a").rules(TestMesh.route("{\"timeouts\":{\"request\":\"100ms\"}}"));

		Step step = call.resume();

		assertThat(wait).isInstanceOf(Step.Wait.class);
		assertThat(step).isInstanceOfSatisfying(Step.Reply.class, (reply) -> assertThat(reply.status()).isEqualTo(504));
	}

	@Test
	void answersTimeoutWhenNobodyIsLeftAfterTheMeshCutAnAttemptOff() {
		this.mesh.up("a")
			.rules(TestMesh.route("{\"timeouts\":{\"backendRequest\":\"100ms\"},"
					+ "\"retry\":{\"attempts\":2,\"on\":[\"timeout\"],\"backoff\":\"50ms\"}}"));
		OutboundCall call = this.mesh.open();
		call.begin();
		this.mesh.clock.advanceMillis(100);
		Step wait = call.onFailure(new SocketTimeoutException("cut off"), FailureKind.TIMEOUT);
		this.mesh.engine.services()
			.apply(new ServiceSnapshot("A", "inventory", 99, false, List.of(), List.of(), List.of()));

		Step step = this.mesh.after(call, wait);

		assertThat(step).isInstanceOfSatisfying(Step.Reply.class,
				(reply) -> assertThat(reply.headers()).containsEntry("x-mesh-reason", "timeout"));
	}

	@Test
	void throwsTheClientsOwnTimeoutWhenTheMeshSetNone() {
		this.mesh.up("a", "b");
		OutboundCall call = this.mesh.open();
		call.begin();

		Step step = call.onFailure(new SocketTimeoutException("Read timed out"), FailureKind.TIMEOUT);

		assertThat(step).isInstanceOf(Step.Fail.class);
	}

	@Test
	void throwsTheClientsOwnTimeoutWhenItIsShorterThanTheMeshs() {
		this.mesh.up("a", "b").rules(TestMesh.route("{\"timeouts\":{\"backendRequest\":\"5s\"}}"));
		OutboundCall call = this.mesh.open();
		call.begin();
		this.mesh.clock.advanceMillis(1_000);

		Step step = call.onFailure(new SocketTimeoutException("Read timed out"), FailureKind.TIMEOUT);

		assertThat(step).isInstanceOf(Step.Fail.class);
	}

}
