package io.meshup.registry.store.commit;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

import io.meshup.registry.store.Fact;

/**
 * The facts in force. Written by one thread, read by any.
 */
public final class Facts {

	private final Map<String, Map<String, Fact>> byType = new ConcurrentHashMap<>();

	/**
	 * Puts a fact in force, or ends the one of its type and subject.
	 * @param fact the fact
	 */
	public void put(Fact fact) {
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

	/**
	 * The facts of a type.
	 * @param type the type
	 * @return a copy, by subject
	 */
	public Map<String, Fact> of(String type) {
		return new TreeMap<>(this.byType.getOrDefault(type, Map.of()));
	}

}
