package io.meshup.registry.door;

import io.meshup.registry.store.MeshStore;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Knows who belongs here.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DoorSettings.class)
public class DoorConfiguration {

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

}
