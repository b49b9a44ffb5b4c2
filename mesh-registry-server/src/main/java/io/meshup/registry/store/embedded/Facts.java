package io.meshup.registry.store.embedded;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

import io.meshup.registry.store.Fact;

/**
 * The facts in force. Written by the writer thread, read by any.
 */
final class Facts {

	private final Map<String, Map<String, Fact>> byType = new ConcurrentHashMap<>();

	void put(Fact fact) {
		if (fact.type().startsWith(Fact.EVENT)) {
			return;
		}
		Map<String, Fact> facts = this.byType.computeIfAbsent(fact.type(), (type) -> new ConcurrentSkipListMap<>());
		if (fact.isOver()) {
			facts.remove(fact.subject());
		}
		else {
			facts.put(fact.subject(), fact);
		}
	}

	Map<String, Fact> of(String type) {
		return new TreeMap<>(this.byType.getOrDefault(type, Map.of()));
	}

}
