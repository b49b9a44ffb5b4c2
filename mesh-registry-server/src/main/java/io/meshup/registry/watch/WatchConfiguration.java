package io.meshup.registry.watch;

import java.time.Duration;

import io.meshup.registry.lease.Leases;
import io.meshup.registry.store.MeshStore;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;

/**
 * Puts the push together.
 */
@Configuration(proxyBeanMethods = false)
public class WatchConfiguration {

	@Bean(destroyMethod = "close")
	WatchHub watchHub(Leases leases, MeshStore store, MeterRegistry meters) {
		return new WatchHub(new SnapshotSource(leases, store), store, new WatchMeters(meters));
	}

	// By default the event loops would wait for two quiet seconds before they stop.
	@Bean
	ReactorResourceFactory reactorResourceFactory() {
		ReactorResourceFactory resources = new ReactorResourceFactory();
		resources.setShutdownQuietPeriod(Duration.ZERO);
		return resources;
	}

	@Bean
	StreamLifecycle streamLifecycle(WatchHub hub) {
		return new StreamLifecycle(hub);
	}

}
