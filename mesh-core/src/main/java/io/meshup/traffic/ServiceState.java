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

	// Called by the one writer.
	Map<String, VersionTarget> targets(List<Member> members, TrafficPolicy policy) {
		Set<String> versions = members.stream()
			.map((member) -> member.instance().version())
			.collect(Collectors.toSet());
		exchangeBreakers(versions, policy.circuitBreaker());
		Map<String, VersionTarget> targets = new HashMap<>();
		for (String version : versions) {
			targets.put(version, new VersionTarget(this.service, version, this.breakers.get(version), this.edges));
		}
		return Map.copyOf(targets);
	}

	// One whose settings are as before stays, and so does an open one that comes back.
	@SuppressWarnings("ReferenceEquality") // a rule that spells out the defaults asks too
	private void exchangeBreakers(Set<String> versions, CircuitBreaker rule) {
		this.breakers.entrySet()
			.removeIf((entry) -> rule == CircuitBreaker.NONE || !entry.getValue().rule().equals(rule)
					|| (!versions.contains(entry.getKey()) && entry.getValue().state() == BreakerState.CLOSED));
		if (rule != CircuitBreaker.NONE) {
			versions.forEach((version) -> this.breakers.computeIfAbsent(version, (name) -> breaker(name, rule)));
		}
	}

	private Breaker breaker(String version, CircuitBreaker rule) {
		return new Breaker(this.service + '/' + version, rule, this.clock::nanoTime,
				(state) -> this.changes.breaker(this.service, version, state));
	}

}
