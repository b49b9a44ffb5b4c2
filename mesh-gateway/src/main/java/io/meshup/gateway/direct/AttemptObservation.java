package io.meshup.gateway.direct;

import io.micrometer.observation.Observation;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.headers.observation.GatewayContext;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.server.ServerWebExchange;

/**
 * Ends the observation of one attempt.
 */
final class AttemptObservation {

	private final Observation observation;

	private final ServerWebExchange exchange;

	AttemptObservation(Observation observation, ServerWebExchange exchange) {
		this.observation = observation;
		this.exchange = exchange;
	}

	// Not by tap(), which moves the context to the thread and back for each signal.
	Mono<Answer> around(Mono<Answer> attempt) {
		return attempt.doOnNext(this::answered)
			.doOnError((ex) -> this.observation.error(ex).stop())
			.doOnCancel(this.observation::stop);
	}

	private void answered(Answer answer) {
		this.exchange.getResponse().setStatusCode(HttpStatusCode.valueOf(answer.status()));
		if (this.observation.getContext() instanceof GatewayContext context) {
			context.setResponse(this.exchange.getResponse());
		}
		this.observation.stop();
	}

}
