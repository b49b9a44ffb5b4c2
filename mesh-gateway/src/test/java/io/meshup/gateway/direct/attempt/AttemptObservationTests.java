package io.meshup.gateway.direct.attempt;

import java.util.concurrent.atomic.AtomicInteger;

import io.meshup.gateway.exchange.GatewayProblem;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;

import static org.assertj.core.api.Assertions.assertThat;

class AttemptObservationTests {

	private final AtomicInteger stopped = new AtomicInteger();

	private final AtomicInteger failed = new AtomicInteger();

	@Test
	void endsOnceWhenTheCallerLeavesDuringTheBody() {
		begun().around(Mono.just(answer())).flatMap((answer) -> Mono.never()).subscribe().dispose();

		assertThat(this.stopped).hasValue(1);
	}

	@Test
	void endsOnceWhenTheCallerLeavesBeforeTheHead() {
		begun().around(Mono.never()).subscribe().dispose();

		assertThat(this.stopped).hasValue(1);
		assertThat(this.failed).hasValue(0);
	}

	@Test
	void endsOnceWithTheFailureOfTheAttempt() {
		begun().around(Mono.error(new IllegalStateException("broke")))
			.onErrorResume((ex) -> Mono.never())
			.subscribe()
			.dispose();

		assertThat(this.stopped).hasValue(1);
		assertThat(this.failed).hasValue(1);
	}

	private static Answer answer() {
		return new Answer.Refused(GatewayProblem.of(HttpStatus.NOT_FOUND, "nothing"));
	}

	private AttemptObservation begun() {
		ObservationRegistry registry = ObservationRegistry.create();
		registry.observationConfig().observationHandler(new Counting());
		return new AttemptObservation(Observation.start("attempt", registry),
				MockServerWebExchange.from(MockServerHttpRequest.get("/stock/")));
	}

	private final class Counting implements ObservationHandler<Observation.Context> {

		@Override
		public void onStop(Observation.Context context) {
			AttemptObservationTests.this.stopped.incrementAndGet();
		}

		@Override
		public void onError(Observation.Context context) {
			AttemptObservationTests.this.failed.incrementAndGet();
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

	}

}
