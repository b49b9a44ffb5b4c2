package io.meshup.traffic;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.meshup.balance.InstancePool;
import io.meshup.balance.Member;
import io.meshup.limit.Breaker;
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

	private final ServiceSnapshot snapshot;

	private final RulesInForce rules;

	private final ServiceState state;

	private final InstancePool all;

	private final Map<String, InstancePool> pools;

	private final Map<String, VersionTarget> targets;

	private final boolean known;

	ServiceView(ServiceSnapshot snapshot, RulesInForce rules, ServiceState state, boolean known) {
		this.snapshot = snapshot;
		this.rules = rules;
		this.state = state;
		this.known = known;
		List<Member> members = state.health().members(snapshot.instances());
		this.targets = state.targets(members, rules.policy());
		this.all = pool(members);
		this.pools = pools(members);
	}

	/**
	 * The service's name.
	 * @return the name
	 */
	public String service() {
		return this.snapshot.service();
	}

	/**
	 * Whether the mesh has such a service. One whose last instance went stays known until
	 * this process ends: its calls are answered with 503, not sent to another host of
	 * that name.
	 * @return {@code false} for a name that never had an instance or a rule
	 */
	public boolean isKnown() {
		return this.known;
	}

	/**
	 * All listed instances.
	 * @return in the order of their ids
	 */
	public List<Instance> instances() {
		return this.snapshot.instances();
	}

	/**
	 * The route in force.
	 * @return the last one that could be used
	 */
	public Optional<Route> route() {
		return this.rules.route();
	}

	/**
	 * The policy in force.
	 * @return the last one that could be used, or the defaults
	 */
	public TrafficPolicy policy() {
		return this.rules.policy();
	}

	/**
	 * The revision in force.
	 * @return 0 before the first snapshot
	 */
	public long revision() {
		return this.snapshot.revision();
	}

	/**
	 * Instances that are left out at present, because of errors or a refused connection.
	 * @return their ids in order
	 */
	public List<String> ejected() {
		return this.state.health().ejected(this.state.clock().nanoTime()).stream().map(Instance::id).toList();
	}

	/**
	 * The breakers that exist at present.
	 * @return their states by version, ordered; empty where no rule asks for breakers
	 */
	public Map<String, BreakerState> breakers() {
		Map<String, BreakerState> states = new TreeMap<>();
		this.targets.forEach((version, target) -> {
			Breaker breaker = target.breaker();
			if (breaker != null) {
				states.put(version, breaker.state());
			}
		});
		return states;
	}

	List<String> ejected(String version) {
		return this.state.health()
			.ejected(this.state.clock().nanoTime())
			.stream()
			.filter((instance) -> instance.version().equals(version))
			.map(Instance::id)
			.toList();
	}

	ServiceSnapshot snapshot() {
		return this.snapshot;
	}

	RulesInForce rules() {
		return this.rules;
	}

	ServiceState state() {
		return this.state;
	}

	boolean isListed() {
		return !this.snapshot.instances().isEmpty() || !this.rules.isEmpty();
	}

	// Returns the pool of a version, of all for an empty one, or {@code null}.
	@Nullable InstancePool pool(String version) {
		return version.isEmpty() ? this.all : this.pools.get(version);
	}

	// The target for an instance out of one of this view's pools.
	VersionTarget target(Member member) {
		VersionTarget target = this.targets.get(member.instance().version());
		if (target == null) {
			throw new IllegalStateException("No target for version '" + member.instance().version() + "'");
		}
		return target;
	}

	private Map<String, InstancePool> pools(List<Member> members) {
		Map<String, InstancePool> byVersion = new HashMap<>();
		members.stream()
			.collect(Collectors.groupingBy((member) -> member.instance().version()))
			.forEach((version, some) -> byVersion.put(version, pool(some)));
		return Map.copyOf(byVersion);
	}

	private InstancePool pool(List<Member> members) {
		return new InstancePool(service(), members, this.state.health(), this.rules.policy().panicThresholdPercent());
	}

}
