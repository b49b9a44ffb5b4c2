package io.meshup.registry.door;

import io.meshup.registry.store.MeshStore;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationPredicate;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;

/**
 * Knows who belongs here.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DoorSettings.class)
public class DoorConfiguration {

	private static final String WATCH = "/api/v1/watch";

	private static final String INSTANCES = "/api/v1/services/";

	@Bean
	SignOfLife signOfLife() {
		return new SignOfLife();
	}

	@Bean
	Kinship kinship(DoorSettings settings, MeshStore store, MeterRegistry meters) {
		Kinship kinship = new Kinship(settings.trustDomain(), store::registry, System::nanoTime);
		Gauge
			.builder("mesh.registry.strangers", kinship,
					(each) -> each.strangers().stream().mapToInt(Kinship.Strangers::participants).sum())
			.description("Participants that came with the state of another registry within the last hour")
			.register(meters);
		return kinship;
	}

	/**
	 * What participants call all the time has meters of its own, {@code
	 * mesh.registry.beats} and {@code mesh.registry.watchers}; to time it as a request of
	 * the web, too, took a twentieth of a storm.
	 * @return whether anything is observed
	 */
	@Bean
	ObservationPredicate unlessOfParticipants() {
		return (name, context) -> !(context instanceof ServerRequestObservationContext request
				&& isOfParticipants(request.getCarrier()));
	}

	private static boolean isOfParticipants(@Nullable ServerHttpRequest request) {
		if (request == null) {
			return false;
		}
		String path = request.getPath().value();
		return request.getMethod().equals(HttpMethod.GET) ? path.equals(WATCH)
				: request.getMethod().equals(HttpMethod.PUT) && path.startsWith(INSTANCES);
	}

}
