package io.meshup.spring.observe;

import java.util.concurrent.TimeUnit;

import io.meshup.control.RegistryClient;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * How this application stands to the registry, as gauges.
 */
final class RegistryMetrics implements MeterBinder {

	private final RegistryClient client;

	RegistryMetrics(RegistryClient client) {
		this.client = client;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Gauge.builder("mesh.registry.connected", this.client, (each) -> each.state().connected() ? 1 : 0)
			.description("1 while the watch of the registry is connected, else 0")
			.register(registry);
		Gauge.builder("mesh.registry.applied", this.client, (each) -> each.state().applied())
			.description("All that is watched is in force up to this revision")
			.register(registry);
		TimeGauge
			.builder("mesh.registry.stale", this.client, TimeUnit.MILLISECONDS,
					(each) -> each.state().staleFor().toMillis())
			.description("How long ago the registry was last heard; zero while connected")
			.register(registry);
	}

}
