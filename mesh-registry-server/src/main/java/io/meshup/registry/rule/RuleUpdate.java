package io.meshup.registry.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import io.meshup.registry.problem.ApiProblem;
import io.meshup.registry.problem.Violation;
import io.meshup.registry.store.RuleBatch;
import io.meshup.registry.store.RuleChange;
import io.meshup.registry.store.RuleSet;
import io.meshup.registry.store.StoredRule;

import org.springframework.http.HttpStatus;

/**
 * Drafts on their way into the store. Used for one request.
 */
final class RuleUpdate implements RuleBatch {

	private final List<RuleDraft> drafts;

	private final Preconditions preconditions;

	private final String author;

	private volatile List<RuleResult> results = List.of();

	RuleUpdate(List<RuleDraft> drafts, Preconditions preconditions, String author) {
		this.drafts = List.copyOf(drafts);
		this.preconditions = preconditions;
		this.author = author;
	}

	@Override
	public List<RuleChange> decide(RuleSet present) {
		this.drafts.forEach((draft) -> this.preconditions.check(draft.id(), present.find(draft.kind(), draft.name())));
		refuseConflicts(present);
		List<RuleChange> changes = new ArrayList<>();
		List<RuleResult> decided = new ArrayList<>();
		for (RuleDraft draft : this.drafts) {
			Optional<StoredRule> before = present.find(draft.kind(), draft.name());
			RuleResult result = RuleResult.of(draft, before);
			decided.add(result);
			if (result.outcome() != RuleResult.Outcome.UNCHANGED) {
				changes.add(new RuleChange.Put(draft.kind(), draft.name(), this.author, draft.spec()));
			}
		}
		this.results = List.copyOf(decided);
		return changes;
	}

	/**
	 * What becomes of each draft, known after {@link #decide}.
	 * @return the results in the order of the drafts
	 */
	List<RuleResult> results() {
		return this.results;
	}

	private void refuseConflicts(RuleSet present) {
		Map<String, String> services = new TreeMap<>();
		present.all().forEach((rule) -> services.put(rule.id(), rule.service()));
		this.drafts.forEach((draft) -> services.put(draft.id(), draft.service()));
		List<Violation> violations = new ArrayList<>();
		for (RuleDraft draft : this.drafts) {
			services.entrySet()
				.stream()
				.filter((other) -> other.getKey().startsWith(draft.kind() + "/"))
				.filter((other) -> !other.getKey().equals(draft.id()) && other.getValue().equals(draft.service()))
				.findFirst()
				.ifPresent((other) -> violations
					.add(Violation.of(draft.index(), "/spec/service", "must be a service without another "
							+ draft.kind() + ", but '" + draft.service() + "' has '" + other.getKey() + "' already")));
		}
		if (!violations.isEmpty()) {
			throw ApiProblem.of(HttpStatus.CONFLICT, "A service has at most one rule of a kind: "
					+ violations.get(0).message() + ". Nothing was changed; change or delete that one.", violations);
		}
	}

}
