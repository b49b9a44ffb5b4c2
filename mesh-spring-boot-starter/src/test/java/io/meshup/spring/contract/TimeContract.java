package io.meshup.spring.contract;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.meshup.spring.contract.fixture.Answer;
import io.meshup.spring.contract.fixture.Ask;
import io.meshup.spring.contract.fixture.Backend;
import io.meshup.spring.contract.fixture.Callers;
import io.meshup.spring.contract.fixture.TestMesh;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * What every way into the mesh does when the time of a call or an attempt is over.
 */
public abstract class TimeContract extends FilterContract {

	/**
	 * Whether the client can be stopped while it waits for an answer.
	 * @return {@code true} by default
	 */
	protected boolean isInterruptible() {
		return true;
	}

	@Test
	void leavesAnInstanceThatDoesNotAnswerInTime() throws Exception {
		Backend stalled = backend(Backend.stalling());
		Backend backend = backend(Backend.answering(200, "hello"));
		List<String> rules = TestMesh.rules("""
				Route: 'rules': [{'timeouts': {'backendRequest': '600ms'}, 'retry': {'on': ['timeout']}}]""");

		while (stalled.requests().isEmpty()) {
			String service = mesh().service(rules, backend.port(), stalled.port());
			assertThat(client().call(Ask.get("http://" + service + "/")).status()).isEqualTo(200);
		}

		assertThat(Thread.currentThread().isInterrupted()).isFalse();
	}

	@Test
	void answers504WhenTheTimeIsOver() throws Exception {
		Backend stalled = backend(Backend.stalling());
		String service = mesh().service(
				TestMesh.rules("Route: 'rules': [{'timeouts': {'backendRequest': '300ms'}, 'retry': {'attempts': 0}}]"),
				stalled.port());
		long start = System.nanoTime();

		Answer answer = client().call(Ask.get("http://" + service + "/"));

		assertThat(answer.status()).isEqualTo(504);
		assertThat(answer.headers()).containsEntry("x-mesh-reason", "timeout");
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(250),
				Duration.ofSeconds(30));
		assertThat(Thread.currentThread().isInterrupted()).isFalse();
	}

	// T92
	@Test
	void endsTheAttemptWhenItsTimeIsOver() throws Exception {
		assumeTrue(isInterruptible());
		List<Long> nanos = new CopyOnWriteArrayList<>();
		Backend stalled = backend(Backend.of((request, connection) -> {
			long begun = System.nanoTime();
			connection.awaitEnd();
			nanos.add(System.nanoTime() - begun - 100_000_000);
		}));
		String service = mesh()
			.service(TestMesh.rules("Route: 'rules': [{'timeouts': {'request': '100ms'}, 'retry': {'attempts': 0}}]",
					"TrafficPolicy: 'outlierDetection': {'consecutiveErrors': 1000}"), stalled.port());

		// On a busy machine the time may be over before the request has come anywhere.
		while (nanos.size() < 9) {
			assertThat(client().call(Ask.get("http://" + service + "/")).status()).isEqualTo(504);
			Awaitility.await().until(() -> nanos.size() == stalled.requests().size());
		}

		assertEndedSoon("its time was over", nanos);
		Awaitility.await().until(() -> mesh().engine().services().view(service).inFlight() == 0);
	}

	protected void assertEndedSoon(String reason, List<Long> nanos) {
		List<Long> sorted = nanos.stream().sorted().toList();
		System.out.printf("T92 %s: upstream ended %d us after %s, at worst %d us%n", getClass().getSimpleName(),
				sorted.get(4) / 1_000, reason, sorted.get(8) / 1_000);
		assertThat(Duration.ofNanos(sorted.get(4))).isLessThanOrEqualTo(Duration.ofMillis(50));
	}

	// T79
	@Test
	void answersAtOnceWhenAServiceIsTakenAwayUnderTraffic() throws Exception {
		Backend backend = backend(Backend.answering(200, "hello"));
		String service = mesh().service(backend.port());
		Ask ask = Ask.get("http://" + service + "/");
		try (Callers callers = Callers.start(4, () -> client().call(ask))) {
			Awaitility.await().until(() -> callers.calls() > 50);
			assertThat(callers.failures()).isEmpty();

			mesh().remove(service);

			Awaitility.await().until(() -> !callers.failures().isEmpty());
			assertThat(callers.finish().failures().keySet())
				.allSatisfy((failure) -> assertThat(failure).startsWith("503"));
			assertThat(client().call(ask).headers()).containsEntry("x-mesh-reason", "no-instance");
		}
	}

}
