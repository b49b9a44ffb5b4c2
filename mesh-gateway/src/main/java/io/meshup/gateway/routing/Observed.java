package io.meshup.gateway.routing;

import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.web.server.ServerWebExchange;

/**
 * Ends what Spring Cloud Gateway begins to observe and would leave open for ever, because
 * no response comes.
 */
final class Observed {

	private Observed() {
	}

	static void end(ServerWebExchange exchange, @Nullable Throwable failure) {
		Object begun = exchange.getAttributes().remove(ServerWebExchangeUtils.GATEWAY_OBSERVATION_ATTR);
		if (begun instanceof Observation observation) {
			if (failure != null) {
				observation.error(failure);
			}
			observation.stop();
		}
	}

}
