package io.meshup.gateway.direct.attempt;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.gateway.filter.headers.observation.DefaultGatewayObservationConvention;
import org.springframework.cloud.gateway.filter.headers.observation.GatewayContext;
import org.springframework.cloud.gateway.filter.headers.observation.GatewayObservationConvention;
import org.springframework.cloud.gateway.filter.headers.observation.ObservedRequestHttpHeadersFilter;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/**
 * Observes each attempt as Spring Cloud Gateway does, under the same name, and where it
 * is asked to: traces go on in the headers of the attempt. Also one that fails or is cut
 * off ends. Thread-safe.
 */
@Component
final class AttemptObservations {

	private final ObservationRegistry registry;

	private final @Nullable GatewayObservationConvention convention;

	AttemptObservations(ObjectProvider<ObservedRequestHttpHeadersFilter> asked,
			ObjectProvider<ObservationRegistry> registry, ObjectProvider<GatewayObservationConvention> convention) {
		this.registry = (asked.stream().findAny().isPresent()) ? registry.getIfAvailable(() -> ObservationRegistry.NOOP)
				: ObservationRegistry.NOOP;
		this.convention = convention.getIfAvailable();
	}

	/**
	 * Begins to observe.
	 * @param exchange the caller's request
	 * @param attempt the headers of the attempt
	 * @param context with the observation of the caller's request
	 * @return what has begun, or {@code null} where nothing is observed
	 */
	@Nullable AttemptObservation begin(ServerWebExchange exchange, HttpHeaders attempt, ContextView context) {
		if (this.registry.isNoop()) {
			return null;
		}
		GatewayContext observed = new GatewayContext(attempt, exchange.getRequest(), exchange);
		Observation observation = Observation.createNotStarted(this.convention,
				DefaultGatewayObservationConvention.INSTANCE, () -> observed, this.registry);
		Observation parent = context.getOrDefault(ObservationThreadLocalAccessor.KEY, null);
		if (parent != null) {
			observation.parentObservation(parent);
		}
		return new AttemptObservation(observation.start(), exchange);
	}

}
