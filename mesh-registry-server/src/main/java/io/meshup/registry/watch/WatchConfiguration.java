package io.meshup.registry.watch;

import io.meshup.registry.lease.Leases;
import io.meshup.registry.store.MeshStore;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Puts the push together.
 */
@Configuration(proxyBeanMethods = false)
public class WatchConfiguration {

	@Bean(destroyMethod = "close")
	WatchHub watchHub(Leases leases, MeshStore store, MeterRegistry meters) {
		return new WatchHub(new SnapshotSource(leases, store), store, new WatchMeters(meters));
	}

	@Bean
	StreamLifecycle streamLifecycle(WatchHub hub) {
		return new StreamLifecycle(hub);
	}

}
