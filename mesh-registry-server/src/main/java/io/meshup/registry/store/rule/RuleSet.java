package io.meshup.registry.store.rule;

import java.util.Collection;
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

	private final long revision;

	private RuleSet(SortedMap<String, StoredRule> rules, long revision) {
		this.rules = rules;
		this.revision = revision;
	}

	/**
	 * Rules at one moment.
	 * @param rules the rules
	 * @param revision the last change of any rule, ends too
	 * @return an immutable set
	 */
	public static RuleSet of(Collection<StoredRule> rules, long revision) {
		SortedMap<String, StoredRule> sorted = new TreeMap<>();
		rules.forEach((rule) -> sorted.put(rule.id(), rule));
		return new RuleSet(Collections.unmodifiableSortedMap(sorted), revision);
	}

	/**
	 * Rules at one moment, of a map by kind and name: quicker where there are many.
	 * @param rules the rules, copied
	 * @param revision the last change of any rule, ends too
	 * @return an immutable set
	 */
	public static RuleSet of(SortedMap<String, StoredRule> rules, long revision) {
		return new RuleSet(Collections.unmodifiableSortedMap(new TreeMap<>(rules)), revision);
	}

	/**
	 * When any rule last changed, came or went: what an {@code ETag} of all rules is.
	 * @return a revision, 0 before the first rule
	 */
	public long revision() {
		return this.revision;
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

	/**
	 * The rules by kind and name.
	 * @return a copy that may be changed
	 */
	public SortedMap<String, StoredRule> copy() {
		return new TreeMap<>(this.rules);
	}

}
