package io.meshup.gateway.direct;

import io.micrometer.observation.Observation;
import reactor.core.observability.DefaultSignalListener;

import org.springframework.cloud.gateway.filter.headers.observation.GatewayContext;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.server.ServerWebExchange;

/**
 * Ends the observation of one attempt.
 */
final class AttemptObservation extends DefaultSignalListener<Answer> {

	private final Observation observation;

	private final ServerWebExchange exchange;

	AttemptObservation(Observation observation, ServerWebExchange exchange) {
		this.observation = observation;
		this.exchange = exchange;
	}

	@Override
	public void doOnNext(Answer answer) {
		this.exchange.getResponse().setStatusCode(HttpStatusCode.valueOf(answer.status()));
		if (this.observation.getContext() instanceof GatewayContext context) {
			context.setResponse(this.exchange.getResponse());
		}
		this.observation.stop();
	}

	@Override
	public void doOnError(Throwable error) {
		this.observation.error(error).stop();
	}

	@Override
	public void doOnCancel() {
		this.observation.stop();
	}

}
