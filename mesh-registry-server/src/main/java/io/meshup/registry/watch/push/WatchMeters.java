package io.meshup.registry.watch.push;

import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/**
 * What can be measured of the push.
 */
public final class WatchMeters {

	private final MeterRegistry meters;

	private final Counter pushes;

	private final Counter bytes;

	private final Timer latency;

	public WatchMeters(MeterRegistry meters) {
		this.meters = meters;
		this.pushes = Counter.builder("mesh.registry.pushes")
			.description("Snapshots and deltas handed to watchers")
			.register(meters);
		this.bytes = Counter.builder("mesh.registry.pushed")
			.baseUnit("bytes")
			.description("Bytes handed to watchers")
			.register(meters);
		this.latency = Timer.builder("mesh.registry.push")
			.description("From the publication of a change until it is offered to all watchers")
			.register(meters);
	}

	void watch(Collection<?> streams, Supplier<Number> revision) {
		Gauge.builder("mesh.registry.watchers", streams, Collection::size)
			.description("Open watch streams")
			.register(this.meters);
		Gauge.builder("mesh.registry.revision", revision)
			.description("The last published revision")
			.register(this.meters);
	}

	void sent(int events, int size) {
		this.pushes.increment(events);
		this.bytes.increment(size);
	}

	void pushed(long nanos) {
		this.latency.record(nanos, TimeUnit.NANOSECONDS);
	}

}
