package io.meshup.registry.rule;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.meshup.model.rule.RateLimit;
import io.meshup.model.rule.Route;
import io.meshup.registry.problem.ApiProblem;
import io.meshup.registry.problem.Violation;
import io.meshup.registry.rule.check.CallCycles;
import io.meshup.registry.rule.check.RuleDraft;
import io.meshup.registry.store.rule.RuleBatch;
import io.meshup.registry.store.rule.RuleChange;
import io.meshup.registry.store.rule.RuleSet;
import io.meshup.registry.store.rule.StoredRule;

import org.springframework.http.HttpStatus;

/**
 * Drafts on their way into the store. Used for one request.
 */
final class RuleUpdate implements RuleBatch {

	/**
	 * Holds the conditions against each document's rule.
	 */
	static final Guard EACH = (conditions, drafts, present) -> drafts
		.forEach((draft) -> conditions.check(draft.id(), present.find(draft.kind(), draft.name())));

	/**
	 * Holds the conditions against all rules together.
	 */
	static final Guard ALL = (conditions, drafts, present) -> conditions.check(present);

	private final List<RuleDraft> drafts;

	private final Changing changing;

	private final Guard guard;

	private volatile List<RuleResult> results = List.of();

	RuleUpdate(List<RuleDraft> drafts, Changing changing, Guard guard) {
		this.drafts = List.copyOf(drafts);
		this.changing = changing;
		this.guard = guard;
	}

	@Override
	public List<RuleChange> decide(RuleSet present) {
		this.guard.check(this.changing.preconditions(), this.drafts, present);
		refuseConflicts(present);
		refuseCycles(present);
		List<RuleChange> changes = new ArrayList<>();
		List<RuleResult> decided = new ArrayList<>();
		for (RuleDraft draft : this.drafts) {
			Optional<StoredRule> before = present.find(draft.kind(), draft.name());
			RuleResult result = RuleResult.of(draft, before);
			decided.add(result);
			if (result.outcome() != RuleResult.Outcome.UNCHANGED) {
				changes.add(new RuleChange.Put(draft.kind(), draft.name(), this.changing.author(), draft.spec(),
						this.changing.reason()));
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
		Set<String> drafted = drafted();
		List<Violation> violations = new ArrayList<>();
		for (RuleDraft draft : this.drafts) {
			if (draft.kind().equals(RateLimit.KIND)) {
				continue;
			}
			owners(draft, drafted, present).filter((owner) -> !owner.equals(draft.id()))
				.min(Comparator.naturalOrder())
				.ifPresent((owner) -> violations
					.add(Violation.of(draft.index(), "/spec/service", "must be a service without another "
							+ draft.kind() + ", but '" + draft.service() + "' has '" + owner + "' already")));
		}
		if (!violations.isEmpty()) {
			throw ApiProblem.of(HttpStatus.CONFLICT, "A service has at most one rule of a kind: "
					+ violations.get(0).message() + ". Nothing was changed; change or delete that one.", violations);
		}
	}

	private void refuseCycles(RuleSet present) {
		CallCycles cycles = new CallCycles();
		List<RuleDraft> routes = this.drafts.stream().filter((draft) -> draft.kind().equals(Route.KIND)).toList();
		routes.forEach((draft) -> cycles.add(draft.spec()));
		if (!cycles.leadOn()) {
			// A new circle needs a new way; most routes have none, and there may be many.
			return;
		}
		Set<String> drafted = drafted();
		present.all()
			.stream()
			.filter((rule) -> rule.kind().equals(Route.KIND) && !drafted.contains(rule.id()))
			.forEach((rule) -> cycles.add(rule.spec()));
		List<Violation> violations = new ArrayList<>();
		for (RuleDraft draft : routes) {
			List<String> way = cycles.from(draft.service());
			if (!way.isEmpty()) {
				violations.add(Violation.of(draft.index(), "/spec/rules",
						"must not send calls in a circle, but they go " + String.join(" -> ", way)));
			}
		}
		if (!violations.isEmpty()) {
			throw ApiProblem.invalid(violations);
		}
	}

	/**
	 * Which rules of its kind a draft's service would have.
	 * @param draft the draft
	 * @param drafted the ids of all drafts
	 * @param present the rules as they are
	 * @return the ids of the rules
	 */
	private Stream<String> owners(RuleDraft draft, Set<String> drafted, RuleSet present) {
		Stream<String> kept = present.of(draft.service())
			.stream()
			.filter((rule) -> rule.kind().equals(draft.kind()))
			.map(StoredRule::id)
			.filter((id) -> !drafted.contains(id));
		Stream<String> others = this.drafts.stream()
			.filter((other) -> other.kind().equals(draft.kind()) && other.service().equals(draft.service()))
			.map(RuleDraft::id);
		return Stream.concat(kept, others);
	}

	private Set<String> drafted() {
		return this.drafts.stream().map(RuleDraft::id).collect(Collectors.toSet());
	}

	/**
	 * Compares conditions with what they are meant for.
	 */
	@FunctionalInterface
	interface Guard {

		void check(Preconditions conditions, List<RuleDraft> drafts, RuleSet present);

	}

}
