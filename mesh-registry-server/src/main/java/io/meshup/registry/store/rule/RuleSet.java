package io.meshup.registry.store.rule;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * All rules at one moment, in the order of kind and name. Immutable; a changed one shares
 * with the one before what both have.
 */
public final class RuleSet {

	private static final RuleSet EMPTY = new RuleSet(RuleTree.EMPTY, RuleTree.EMPTY, 0);

	private final RuleTree byId;

	private final RuleTree byService;

	private final long revision;

	private RuleSet(RuleTree byId, RuleTree byService, long revision) {
		this.byId = byId;
		this.byService = byService;
		this.revision = revision;
	}

	/**
	 * Rules at one moment.
	 * @param rules the rules
	 * @param revision the last change of any rule, ends too
	 * @return an immutable set
	 */
	public static RuleSet of(Collection<StoredRule> rules, long revision) {
		RuleSet all = EMPTY;
		for (StoredRule rule : rules) {
			all = all.with(rule, revision);
		}
		return new RuleSet(all.byId, all.byService, revision);
	}

	/**
	 * The same with a rule, in the place of the one of its kind and name.
	 * @param rule the rule
	 * @param at the revision of the change
	 * @return another set
	 */
	public RuleSet with(StoredRule rule, long at) {
		RuleSet others = without(rule.id(), at);
		return new RuleSet(others.byId.with(rule.id(), rule), others.byService.with(place(rule), rule), at);
	}

	/**
	 * The same without a rule.
	 * @param id kind and name, of a rule or of none
	 * @param at the revision of the change
	 * @return another set
	 */
	public RuleSet without(String id, long at) {
		StoredRule rule = this.byId.find(id);
		return (rule != null) ? new RuleSet(this.byId.without(id), this.byService.without(place(rule)), at)
				: new RuleSet(this.byId, this.byService, at);
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
		return list(this.byId, "");
	}

	/**
	 * Looks a rule up.
	 * @param kind its kind
	 * @param name its name
	 * @return the rule, or empty when there is none
	 */
	public Optional<StoredRule> find(String kind, String name) {
		return Optional.ofNullable(this.byId.find(kind + "/" + name));
	}

	/**
	 * The rules that concern a service.
	 * @param service the service, or {@code *}
	 * @return its rules in the order of kind and name
	 */
	public List<StoredRule> of(String service) {
		return list(this.byService, place(service, ""));
	}

	/**
	 * How many steps it takes at most to find a rule.
	 * @return some multiple of the logarithm of how many there are
	 */
	int depth() {
		return Math.max(this.byId.depth(), this.byService.depth());
	}

	private static List<StoredRule> list(RuleTree tree, String prefix) {
		List<StoredRule> rules = new ArrayList<>();
		tree.each(prefix, rules::add);
		return List.copyOf(rules);
	}

	private static String place(StoredRule rule) {
		return place(rule.service(), rule.id());
	}

	// No name of a service has the sign between the two.
	private static String place(String service, String id) {
		return service + "\n" + id;
	}

}
