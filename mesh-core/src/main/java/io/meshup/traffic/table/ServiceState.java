package io.meshup.traffic.table;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

import io.meshup.balance.health.Member;
import io.meshup.balance.health.ServiceHealth;
import io.meshup.cache.ResponseCache;
import io.meshup.cache.RuleCache;
import io.meshup.limit.Breaker;
import io.meshup.limit.Budget;
import io.meshup.limit.CallLimit;
import io.meshup.model.rule.TrafficPolicy;
import io.meshup.model.rule.filter.CachePolicy;
import io.meshup.model.rule.policy.Bulkhead;
import io.meshup.model.rule.policy.CircuitBreaker;
import io.meshup.model.rule.route.RouteRule;
import io.meshup.route.CompiledRoute;
import io.meshup.route.CompiledRule;
import io.meshup.traffic.event.TrafficChanges;
import org.jspecify.annotations.Nullable;

/**
 * What survives when a service is published anew: statistics, breakers, retry budget. The
 * breakers are exchanged by the table's one writer only.
 */
public final class ServiceState {

	private final String service;

	private final NanoClock clock;

	private final TrafficChanges changes;

	private final EdgeLedger edges;

	private final ServiceHealth health;

	private final Budget budget;

	private final KeptBreakers breakers;

	private final KeptBreakers ruleBreakers;

	private Map<String, RuleCache> ruleCaches = Map.of();

	private volatile @Nullable ResponseCache responses;

	private volatile @Nullable CallLimit callLimit;

	private final String zone;

	// Written at each call, so not with a fence.
	private final AtomicLong used = new AtomicLong();

	ServiceState(String service, String zone, NanoClock clock, TrafficChanges changes, EdgeLedger edges) {
		this.service = service;
		this.zone = zone;
		this.clock = clock;
		this.changes = changes;
		this.edges = edges;
		this.health = new ServiceHealth();
		this.budget = new Budget(clock.nanoTime());
		this.used.set(clock.nanoTime());
		this.breakers = new KeptBreakers(service, "", clock, changes);
		this.ruleBreakers = new KeptBreakers(service, ServiceView.RULE_PREFIX, clock, changes);
	}

	void used(long now) {
		this.used.lazySet(now);
	}

	long used() {
		return this.used.get();
	}

	// Where this process runs, empty when it was not told.
	String zone() {
		return this.zone;
	}

	public ServiceHealth health() {
		return this.health;
	}

	public Budget budget() {
		return this.budget;
	}

	public NanoClock clock() {
		return this.clock;
	}

	public TrafficChanges changes() {
		return this.changes;
	}

	// How many calls may be under way, or {@code null} for any number.
	public @Nullable CallLimit callLimit() {
		return this.callLimit;
	}

	// Called by the one writer.
	void limitCalls(Bulkhead rule) {
		CallLimit present = this.callLimit;
		if (rule.equals(Bulkhead.NONE)) {
			this.callLimit = null;
		}
		else if (present == null) {
			this.callLimit = new CallLimit(rule);
		}
		else {
			present.change(rule);
		}
	}

	// The breakers of the route's own rules, by the rules' keys. Called by the one
	// writer.
	Map<String, Breaker> ruleBreakers(CompiledRoute route) {
		Map<String, CircuitBreaker> wanted = new HashMap<>();
		for (CompiledRule rule : route.rules()) {
			if (KeptBreakers.isAsked(rule.rule().circuitBreaker())) {
				wanted.putIfAbsent(rule.key(), rule.rule().circuitBreaker());
			}
		}
		return this.ruleBreakers.exchange(wanted);
	}

	// What is kept of the answers to the route's own rules, by the rules' keys. Weights
	// change often and change no answer. Called by the one writer.
	Map<String, RuleCache> ruleCaches(CompiledRoute route) {
		Map<String, RuleCache> present = this.ruleCaches;
		Map<String, RuleCache> next = new HashMap<>();
		for (CompiledRule rule : route.rules()) {
			CachePolicy policy = rule.filters().cache();
			if (policy != null) {
				ResponseCache all = (this.responses != null) ? this.responses : new ResponseCache(this.clock::nanoTime);
				this.responses = all;
				Object origin = origin(rule.rule());
				RuleCache before = present.get(rule.key());
				next.put(rule.key(),
						(before != null && before.isFor(policy, origin)) ? before : all.rule(policy, origin));
			}
		}
		ResponseCache all = this.responses;
		if (all != null) {
			present.values().stream().filter((cache) -> !next.containsValue(cache)).forEach(all::drop);
		}
		this.responses = next.isEmpty() ? null : all;
		this.ruleCaches = next;
		return Map.copyOf(next);
	}

	private static Object origin(RouteRule rule) {
		return List.of(rule.matches(), rule.filters(),
				rule.backendRefs().stream().map((backend) -> List.of(backend.service(), backend.version())).toList());
	}

	// What is kept of the service's answers, or {@code null} where no rule asks for it.
	public @Nullable ResponseCache responses() {
		return this.responses;
	}

	// One for each group of members that share a breaker. Called by the one writer.
	Map<String, VersionTarget> targets(List<Member> members, TrafficPolicy policy) {
		Map<String, String> versions = members.stream()
			.collect(Collectors.toMap(Member::group, (member) -> member.instance().version(), (one, same) -> one));
		Map<String, Breaker> present = this.breakers.exchange(versions.keySet(), policy.circuitBreaker());
		Map<String, VersionTarget> targets = new HashMap<>();
		versions.forEach((group, version) -> targets.put(group,
				new VersionTarget(group, present.get(group), () -> this.edges.edge(this.service, version))));
		return Map.copyOf(targets);
	}

}
