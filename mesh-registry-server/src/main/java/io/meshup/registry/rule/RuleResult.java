package io.meshup.registry.rule;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import io.meshup.registry.rule.check.RuleDraft;
import io.meshup.registry.rule.diff.Difference;
import io.meshup.registry.rule.diff.TreeDiff;
import io.meshup.registry.store.rule.StoredRule;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * What becomes of one draft.
 *
 * @param draft the draft
 * @param outcome what it does
 * @param before the rule before, if there was one
 */
record RuleResult(RuleDraft draft, Outcome outcome, Optional<StoredRule> before) {

	static RuleResult of(RuleDraft draft, Optional<StoredRule> before) {
		if (before.isEmpty()) {
			return new RuleResult(draft, Outcome.CREATED, before);
		}
		boolean same = before.get().spec().equals(draft.spec());
		return new RuleResult(draft, same ? Outcome.UNCHANGED : Outcome.CHANGED, before);
	}

	String word() {
		return this.outcome.name().toLowerCase(Locale.ROOT);
	}

	/**
	 * What differs from the rule before.
	 * @return the differences
	 */
	List<Difference> changes() {
		JsonNode old = this.before.map(StoredRule::spec).orElse(MissingNode.getInstance());
		return TreeDiff.between(old, this.draft.spec(), "/spec");
	}

	enum Outcome {

		CREATED, CHANGED, UNCHANGED

	}

}
