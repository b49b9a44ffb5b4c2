package io.meshup.traffic.table;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.meshup.balance.InstancePool;
import io.meshup.balance.health.Condition;
import io.meshup.balance.health.Member;
import io.meshup.balance.health.PoolRules;
import io.meshup.cache.RuleCache;
import io.meshup.limit.Breaker;
import io.meshup.model.BreakerState;
import io.meshup.model.Instance;
import io.meshup.model.ServiceSnapshot;
import io.meshup.model.rule.RateLimit;
import io.meshup.model.rule.Route;
import io.meshup.model.rule.TrafficPolicy;
import io.meshup.model.rule.filter.RouteFilter;
import io.meshup.model.rule.policy.Algorithm;
import io.meshup.model.rule.policy.LoadBalancer;
import io.meshup.model.rule.route.RouteRule;
import io.meshup.route.CompiledRoute;
import io.meshup.route.CompiledRule;
import io.meshup.route.match.RouteRequest;
import io.meshup.route.split.StickyKey;
import io.meshup.traffic.request.Callee;
import org.jspecify.annotations.Nullable;

/**
 * One service as this process calls it at one moment. What was published is immutable;
 * {@link #ejected()}, {@link #breakers()} and {@link #inFlight()} tell the present.
 */
public final class ServiceView {

	/** How the breaker of a rule is told from that of a version. */
	static final String RULE_PREFIX = "rule:";

	private final ServiceSnapshot snapshot;

	private final RulesInForce rules;

	private final ServiceState state;

	private final InstancePool all;

	private final Map<String, InstancePool> pools;

	private final Map<String, InstancePool> lanes;

	private final Map<String, VersionTarget> targets;

	private final Map<String, Breaker> ruleBreakers;

	private final Map<String, RuleCache> ruleCaches;

	private final boolean known;

	private final Set<String> references;

	private final Map<String, Callee> callees;

	private final Callee stranger = new Callee("");

	private final PoolRules poolRules;

	// Where the key is found; null where instances are not picked by one.
	private final @Nullable StickyKey key;

	ServiceView(ServiceSnapshot snapshot, RulesInForce rules, ServiceState state, boolean known, boolean registered) {
		this.snapshot = snapshot;
		this.rules = rules;
		this.state = state;
		this.known = known;
		this.references = rules.route().map(ServiceView::references).orElse(Set.of());
		this.callees = registered ? callees(snapshot) : Map.of();
		LoadBalancer balancer = rules.policy().loadBalancer();
		this.poolRules = PoolRules.of(rules.policy(), state.zone());
		this.key = (balancer.algorithm() == Algorithm.RING_HASH) ? StickyKey.of(balancer.hash()) : null;
		List<Member> members = state.health().members(snapshot.instances(), state.clock().nanoTime());
		this.targets = state.targets(members, rules.policy());
		this.ruleBreakers = state.ruleBreakers(rules.compiledRoute());
		this.ruleCaches = state.ruleCaches(rules.compiledRoute());
		state.limitCalls(rules.policy().bulkhead());
		List<Member> base = members.stream().filter((member) -> member.instance().lane() == null).toList();
		this.all = pool(base);
		this.pools = pools(base, (member) -> member.instance().version());
		this.lanes = pools(members.stream().filter((member) -> member.instance().lane() != null).toList(),
				(member) -> String.valueOf(member.instance().lane()));
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

	// The other services that its rules send requests to.
	public Set<String> references() {
		return this.references;
	}

	public void used(long now) {
		this.state.used(now);
	}

	public boolean isUnused(long now, Duration idle) {
		return now - this.state.used() >= idle.toNanos();
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
	 * Where the rule of a kind comes from.
	 * @param kind {@link Route#KIND} or {@link TrafficPolicy#KIND}
	 * @return the registry, this process's own configuration, or nobody
	 */
	public RuleSource source(String kind) {
		return this.rules.source(kind);
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
	 * Each is until one good answer brings it back.
	 * @return their ids in order
	 */
	public List<String> ejected() {
		return this.state.health().ejected().stream().map(Instance::id).toList();
	}

	/**
	 * Instances that are new to this process, or back, and do not have their whole weight
	 * yet.
	 * @return their ids in order
	 */
	public List<String> warming() {
		return this.state.health()
			.warming(this.poolRules, this.state.clock().nanoTime())
			.stream()
			.map(Instance::id)
			.toList();
	}

	/**
	 * The breakers that exist at present.
	 * @return their states by version, that of a lane's instances by version@lane and by
	 * {@code rule:NAME} those of the route's rules, ordered; empty where no rule asks for
	 * breakers
	 */
	public Map<String, BreakerState> breakers() {
		Map<String, BreakerState> states = new TreeMap<>();
		this.targets.forEach((group, target) -> {
			Breaker breaker = target.breaker();
			if (breaker != null) {
				states.put(group, breaker.state());
			}
		});
		this.ruleBreakers.forEach((rule, breaker) -> states.put(RULE_PREFIX + rule, breaker.state()));
		return states;
	}

	// The worst of a version's breakers: lanes have their own.
	BreakerState breaker(String version) {
		return breakers().entrySet()
			.stream()
			.filter((entry) -> entry.getKey().equals(version) || entry.getKey().startsWith(version + '@'))
			.map(Map.Entry::getValue)
			.max(Comparator.comparing((BreakerState state) -> state == BreakerState.OPEN)
				.thenComparing(Comparator.naturalOrder()))
			.orElse(BreakerState.CLOSED);
	}

	/**
	 * Requests of this process to the service that are not over yet, with their bodies.
	 * @return their number at present
	 */
	public int inFlight() {
		return this.state.health().inFlight();
	}

	// Returns the breaker of a rule of the route, or {@code null}.
	public @Nullable Breaker ruleBreaker(CompiledRule rule) {
		return this.ruleBreakers.get(rule.key());
	}

	// Where answers to a rule's requests are kept, or {@code null}.
	public @Nullable RuleCache ruleCache(CompiledRule rule) {
		return this.ruleCaches.get(rule.key());
	}

	List<String> ejected(String version) {
		return this.state.health()
			.ejected()
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

	// The route in force, or an empty one.
	public CompiledRoute compiledRoute() {
		return this.rules.compiledRoute();
	}

	public List<RateLimit> rateLimits() {
		return this.rules.rateLimits();
	}

	public ServiceState state() {
		return this.state;
	}

	boolean isListed() {
		return !this.snapshot.instances().isEmpty() || !this.rules.isEmpty();
	}

	// Whether any instance serves a lane; else nobody need ask for the lane of a request.
	public boolean hasLanes() {
		return !this.lanes.isEmpty();
	}

	// The lanes that any instance serves, in order.
	public String lanes() {
		return String.join(", ", new TreeSet<>(this.lanes.keySet()));
	}

	// Returns the pool of a lane, of all versions, or {@code null}.
	public @Nullable InstancePool lane(String name) {
		return this.lanes.get(name);
	}

	// Returns the pool of a version, of all for an empty one, or {@code null}; those of
	// lanes are in none of them.
	public @Nullable InstancePool pool(String version) {
		return version.isEmpty() ? this.all : this.pools.get(version);
	}

	public List<Condition> conditions(long now) {
		return this.state.health().conditions(this.poolRules, now);
	}

	// Whose instances come first, empty for none.
	public String preferredZone() {
		return this.poolRules.zone();
	}

	public boolean isLatencyWatched() {
		return this.poolRules.algorithm() == Algorithm.PEAK_EWMA;
	}

	// The key that an instance is picked by, 0 without one.
	public long hash(RouteRequest request) {
		return (this.key != null) ? this.key.hash(request) : 0;
	}

	// Whom a call to the instance is meant for; nobody by name for one outside of the
	// mesh, which may have another name there.
	public Callee callee(Instance instance) {
		return this.callees.getOrDefault(instance.id(), this.stranger);
	}

	private static Map<String, Callee> callees(ServiceSnapshot snapshot) {
		Map<String, Callee> callees = new HashMap<>();
		snapshot.instances().forEach((instance) -> callees.put(instance.id(), Callee.of(snapshot.service(), instance)));
		return callees;
	}

	// The target for an instance out of one of this view's pools.
	public VersionTarget target(Member member) {
		VersionTarget target = this.targets.get(member.group());
		if (target == null) {
			throw new IllegalStateException("No target for '" + member.group() + "'");
		}
		return target;
	}

	private Map<String, InstancePool> pools(List<Member> members, Function<Member, String> key) {
		return members.stream()
			.collect(Collectors.collectingAndThen(Collectors.groupingBy(key),
					(groups) -> groups.entrySet()
						.stream()
						.collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, (entry) -> pool(entry.getValue())))));
	}

	private InstancePool pool(List<Member> members) {
		return new InstancePool(service(), members, this.state.health(), this.poolRules);
	}

	private static Set<String> references(Route route) {
		Set<String> others = new TreeSet<>();
		for (RouteRule rule : route.rules()) {
			rule.backendRefs().forEach((backend) -> others.add(backend.service()));
			rule.filters()
				.stream()
				.map(RouteFilter::requestMirror)
				.filter(Objects::nonNull)
				.forEach((mirror) -> others.add(mirror.service()));
		}
		others.removeAll(Set.of("", route.service()));
		return Set.copyOf(others);
	}

}
