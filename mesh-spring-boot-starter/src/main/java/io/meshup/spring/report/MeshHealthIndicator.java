package io.meshup.spring.report;

import io.meshup.control.RegistryClient;
import io.meshup.control.link.RegistryState;
import io.meshup.traffic.TrafficEngine;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * The mesh's share of {@code /actuator/health}: up while the registry is connected,
 * unknown while it is not. Never down: an application without a registry goes on serving
 * with what it knows, and must not be restarted for it.
 */
final class MeshHealthIndicator implements HealthIndicator {

	private final RegistryClient registry;

	private final TrafficEngine engine;

	MeshHealthIndicator(RegistryClient registry, TrafficEngine engine) {
		this.registry = registry;
		this.engine = engine;
	}

	@Override
	public Health health() {
		RegistryState state = this.registry.state();
		Health.Builder health = state.connected() ? Health.up() : Health.unknown();
		health.withDetail("registry", state.connected() ? "connected" : "not connected");
		health.withDetail("joined", state.joined());
		health.withDetail("services", this.engine.names().size());
		if (!state.connected()) {
			health.withDetail("staleFor", state.staleFor().toSeconds() + "s");
			health.withDetail("workingWith", known(state));
		}
		if (state.lastError() != null) {
			health.withDetail("problem", state.lastError());
		}
		return health.build();
	}

	private static String known(RegistryState state) {
		if (state.registry() == null || state.registry().isEmpty()) {
			return "nothing: no registry was heard and there is no last good state";
		}
		String source = state.fromDisk() ? "the last good state from disk" : "what the registry said last";
		return state.outdated() ? source + ", older than mesh.cache-max-age" : source;
	}

}
