package io.meshup.registry.history.bug;

import java.util.ArrayList;
import java.util.List;

import io.meshup.registry.store.MeshStore;
import io.meshup.registry.store.rule.RuleSet;

/**
 * What was in force at a node a moment ago. Thread-safe.
 */
final class RecentRules {

	private final List<Since> states = new ArrayList<>();

	private final long nanos;

	/**
	 * Follows a store.
	 * @param store the store
	 * @param millis how long ago
	 */
	RecentRules(MeshStore store, long millis) {
		this.nanos = millis * 1_000_000;
		this.states.add(new Since(Long.MIN_VALUE / 2, store.ruleSet()));
		store.subscribe((change) -> note(store.ruleSet()));
	}

	synchronized void note(RuleSet rules) {
		if (this.states.get(this.states.size() - 1).rules() != rules) {
			this.states.add(new Since(System.nanoTime(), rules));
		}
	}

	/**
	 * What was in force then.
	 * @return the rules
	 */
	synchronized RuleSet then() {
		long then = System.nanoTime() - this.nanos;
		while (this.states.size() > 1 && this.states.get(1).nanos() - then <= 0) {
			this.states.remove(0);
		}
		return this.states.get(0).rules();
	}

	private record Since(long nanos, RuleSet rules) {
	}

}
