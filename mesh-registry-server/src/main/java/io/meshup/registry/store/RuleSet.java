package io.meshup.registry.store;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All rules at one moment, in the order of kind and name. Immutable.
 */
public final class RuleSet {

	private final SortedMap<String, StoredRule> rules;

	private RuleSet(SortedMap<String, StoredRule> rules) {
		this.rules = rules;
	}

	public static RuleSet of(List<StoredRule> rules) {
		SortedMap<String, StoredRule> sorted = new TreeMap<>();
		rules.forEach((rule) -> sorted.put(rule.id(), rule));
		return of(sorted);
	}

	public static RuleSet of(SortedMap<String, StoredRule> rules) {
		return new RuleSet(Collections.unmodifiableSortedMap(new TreeMap<>(rules)));
	}

	/**
	 * Every rule.
	 * @return the rules in the order of kind and name
	 */
	public List<StoredRule> all() {
		return List.copyOf(this.rules.values());
	}

	/**
	 * Looks a rule up.
	 * @param kind its kind
	 * @param name its name
	 * @return the rule, or empty when there is none
	 */
	public Optional<StoredRule> find(String kind, String name) {
		return Optional.ofNullable(this.rules.get(kind + "/" + name));
	}

	/**
	 * The rules that concern a service.
	 * @param service the service, or {@code *}
	 * @return its rules
	 */
	public List<StoredRule> of(String service) {
		return this.rules.values().stream().filter((rule) -> rule.service().equals(service)).toList();
	}

	public SortedMap<String, StoredRule> copy() {
		return new TreeMap<>(this.rules);
	}

}
