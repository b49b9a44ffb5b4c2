package io.meshup.registry.rule;

import java.util.Locale;
import java.util.Optional;

import io.meshup.registry.rule.check.RuleDraft;
import io.meshup.registry.store.StoredRule;

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

	enum Outcome {

		CREATED, CHANGED, UNCHANGED

	}

}
