package io.meshup.traffic.table;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import io.meshup.limit.Breaker;
import io.meshup.model.BreakerState;
import io.meshup.model.rule.policy.CircuitBreaker;
import io.meshup.traffic.event.TrafficChanges;

/**
 * The breakers of one service, kept while their settings stay as they are. One that is
 * not closed when its version leaves is kept for a while, in case it comes back. Used by
 * the table's one writer only.
 */
final class KeptBreakers {

	/** Versions come and go with every release: only so many that left are kept. */
	private static final int MAX_LEFT = 16;

	private final Map<String, Breaker> breakers = new HashMap<>();

	private final Map<String, Long> left = new HashMap<>();

	private final String service;

	private final String prefix;

	private final NanoClock clock;

	private final TrafficChanges changes;

	// The prefix tells people what the names are names of.
	KeptBreakers(String service, String prefix, NanoClock clock, TrafficChanges changes) {
		this.service = service;
		this.prefix = prefix;
		this.clock = clock;
		this.changes = changes;
	}

	// One for each name, all by the same rule.
	Map<String, Breaker> exchange(Set<String> names, CircuitBreaker rule) {
		Map<String, CircuitBreaker> wanted = new HashMap<>();
		if (isAsked(rule)) {
			names.forEach((name) -> wanted.put(name, rule));
		}
		keep(wanted, rule);
		return make(wanted);
	}

	// One for each name by its own rule; none is kept that is not wanted.
	Map<String, Breaker> exchange(Map<String, CircuitBreaker> wanted) {
		keep(wanted, CircuitBreaker.NONE);
		return make(wanted);
	}

	private void keep(Map<String, CircuitBreaker> wanted, CircuitBreaker rule) {
		long now = this.clock.nanoTime();
		this.breakers.entrySet().removeIf((entry) -> {
			CircuitBreaker own = entry.getValue().rule();
			CircuitBreaker asked = wanted.get(entry.getKey());
			return (asked != null) ? !own.equals(asked)
					: !own.equals(rule) || !mayComeBack(entry.getKey(), entry.getValue(), now);
		});
		this.left.keySet().removeIf((name) -> wanted.containsKey(name) || !this.breakers.containsKey(name));
	}

	// After its open time it would let calls through anyway.
	private boolean mayComeBack(String name, Breaker breaker, long now) {
		if (breaker.state() == BreakerState.CLOSED || (!this.left.containsKey(name) && this.left.size() >= MAX_LEFT)) {
			return false;
		}
		long since = this.left.computeIfAbsent(name, (key) -> now);
		return now - since <= breaker.rule().openDuration().toNanos();
	}

	private Map<String, Breaker> make(Map<String, CircuitBreaker> wanted) {
		Map<String, Breaker> present = new HashMap<>();
		wanted
			.forEach((name, rule) -> present.put(name, this.breakers.computeIfAbsent(name, (key) -> made(key, rule))));
		return Map.copyOf(present);
	}

	int size() {
		return this.breakers.size();
	}

	private Breaker made(String name, CircuitBreaker rule) {
		String shown = this.prefix + name;
		return new Breaker(this.service + '/' + shown, rule, this.clock::nanoTime,
				(state) -> this.changes.breaker(this.service, shown, state));
	}

	// A rule that spells out the defaults asks too.
	@SuppressWarnings("ReferenceEquality")
	static boolean isAsked(CircuitBreaker rule) {
		return rule != CircuitBreaker.NONE;
	}

}
