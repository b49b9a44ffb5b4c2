package io.meshup.gateway.direct.attempt;

import java.util.concurrent.atomic.AtomicBoolean;

import io.micrometer.observation.Observation;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.headers.observation.GatewayContext;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.server.ServerWebExchange;

/**
 * Ends the observation of one attempt, once: a caller who leaves during the body cancels
 * what has answered already.
 */
final class AttemptObservation {

	private final Observation observation;

	private final ServerWebExchange exchange;

	private final AtomicBoolean ended = new AtomicBoolean();

	AttemptObservation(Observation observation, ServerWebExchange exchange) {
		this.observation = observation;
		this.exchange = exchange;
	}

	// Not by tap(), which moves the context to the thread and back for each signal.
	Mono<Answer> around(Mono<Answer> attempt) {
		return attempt.doOnNext(this::answered).doOnError(this::failed).doOnCancel(this::cancelled);
	}

	private void answered(Answer answer) {
		if (!isFirst()) {
			return;
		}
		this.exchange.getResponse().setStatusCode(HttpStatusCode.valueOf(answer.status()));
		if (this.observation.getContext() instanceof GatewayContext context) {
			context.setResponse(this.exchange.getResponse());
		}
		this.observation.stop();
	}

	private void failed(Throwable ex) {
		if (isFirst()) {
			this.observation.error(ex).stop();
		}
	}

	private void cancelled() {
		if (isFirst()) {
			this.observation.stop();
		}
	}

	private boolean isFirst() {
		return this.ended.compareAndSet(false, true);
	}

}
