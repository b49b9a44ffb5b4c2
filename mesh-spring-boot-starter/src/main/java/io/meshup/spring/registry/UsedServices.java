package io.meshup.spring.registry;

import java.time.Duration;
import java.util.Set;

import io.meshup.control.RegistryClient;
import io.meshup.traffic.TrafficEngine;
import io.meshup.traffic.table.Interest;

/**
 * The services that this application has to do with: watched from the first use on, and
 * no longer when they were not used for a while. Thread-safe.
 */
public final class UsedServices implements Interest {

	private static final long LOOK_NANOS = Duration.ofMinutes(1).toNanos();

	private final RegistryClient registry;

	private final Duration forgetAfter;

	private long lookedAt = System.nanoTime();

	UsedServices(RegistryClient registry, Duration forgetAfter) {
		this.registry = registry;
		this.forgetAfter = forgetAfter;
	}

	@Override
	public boolean isSelective() {
		return !this.registry.watchesAll();
	}

	@Override
	public boolean hasNames() {
		return this.registry.names() != null;
	}

	@Override
	public boolean exists(String service) {
		Set<String> names = this.registry.names();
		return names != null && names.contains(service);
	}

	@Override
	public boolean existed(String service) {
		return this.registry.wasNamed(service);
	}

	@Override
	public Set<String> names() {
		Set<String> names = this.registry.names();
		return (names != null && isSelective()) ? names : Set.of();
	}

	@Override
	public boolean isHeard() {
		return this.registry.isHeard();
	}

	@Override
	public void want(String service) {
		this.registry.want(service);
	}

	@Override
	public void lend(String service) {
		this.registry.lend(service);
	}

	/**
	 * Lets go of what was not used for long; looks at most once a minute.
	 * @param engine knows what was used
	 */
	synchronized void tidy(TrafficEngine engine) {
		long now = System.nanoTime();
		if (!isSelective() || now - this.lookedAt < LOOK_NANOS) {
			return;
		}
		this.lookedAt = now;
		for (String service : engine.unused(this.registry.wanted(), this.forgetAfter)) {
			if (this.registry.forget(service)) {
				engine.forget(service);
			}
		}
	}

}
