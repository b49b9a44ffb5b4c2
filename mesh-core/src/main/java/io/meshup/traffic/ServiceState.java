package io.meshup.traffic;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.meshup.balance.Member;
import io.meshup.balance.ServiceHealth;
import io.meshup.limit.Breaker;
import io.meshup.limit.Budget;
import io.meshup.model.BreakerState;
import io.meshup.model.rule.CircuitBreaker;
import io.meshup.model.rule.TrafficPolicy;

/**
 * What survives when a service is published anew: statistics, breakers, retry budget. The
 * breakers are exchanged by the table's one writer only.
 */
final class ServiceState {

	private final String service;

	private final NanoClock clock;

	private final TrafficChanges changes;

	private final EdgeLedger edges;

	private final ServiceHealth health;

	private final Budget budget;

	private final Map<String, Breaker> breakers = new HashMap<>();

	ServiceState(String service, NanoClock clock, TrafficChanges changes, EdgeLedger edges) {
		this.service = service;
		this.clock = clock;
		this.changes = changes;
		this.edges = edges;
		this.health = new ServiceHealth(clock.nanoTime());
		this.budget = new Budget(clock.nanoTime());
	}

	ServiceHealth health() {
		return this.health;
	}

	Budget budget() {
		return this.budget;
	}

	NanoClock clock() {
		return this.clock;
	}

	TrafficChanges changes() {
		return this.changes;
	}

	// One for each group of members that share a breaker. Called by the one writer.
	Map<String, VersionTarget> targets(List<Member> members, TrafficPolicy policy) {
		Map<String, String> versions = members.stream()
			.collect(Collectors.toMap(Member::group, (member) -> member.instance().version(), (one, same) -> one));
		exchangeBreakers(versions.keySet(), policy.circuitBreaker());
		Map<String, VersionTarget> targets = new HashMap<>();
		versions.forEach((group, version) -> targets.put(group,
				new VersionTarget(group, this.breakers.get(group), () -> this.edges.edge(this.service, version))));
		return Map.copyOf(targets);
	}

	// One whose settings are as before stays, and so does an open one that comes back.
	@SuppressWarnings("ReferenceEquality") // a rule that spells out the defaults asks too
	private void exchangeBreakers(Set<String> groups, CircuitBreaker rule) {
		this.breakers.entrySet()
			.removeIf((entry) -> rule == CircuitBreaker.NONE || !entry.getValue().rule().equals(rule)
					|| (!groups.contains(entry.getKey()) && entry.getValue().state() == BreakerState.CLOSED));
		if (rule != CircuitBreaker.NONE) {
			groups.forEach((version) -> this.breakers.computeIfAbsent(version, (name) -> breaker(name, rule)));
		}
	}

	private Breaker breaker(String group, CircuitBreaker rule) {
		return new Breaker(this.service + '/' + group, rule, this.clock::nanoTime,
				(state) -> this.changes.breaker(this.service, group, state));
	}

}
