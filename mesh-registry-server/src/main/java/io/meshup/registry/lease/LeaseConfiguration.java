package io.meshup.registry.lease;

import java.time.InstantSource;

import io.meshup.registry.store.MeshStore;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Puts the leases together.
 */
@Configuration(proxyBeanMethods = false)
public class LeaseConfiguration {

	@Bean
	Leases leases(MeshStore store, ServiceRevisions revisions, MeterRegistry meters) {
		Leases leases = new Leases(store, revisions, InstantSource.system());
		Gauge.builder("mesh.registry.instances", leases, Leases::size)
			.description("Instances that are listed")
			.register(meters);
		return leases;
	}

	@Bean
	ServiceRevisions serviceRevisions(MeshStore store) {
		return new ServiceRevisions(store);
	}

}
