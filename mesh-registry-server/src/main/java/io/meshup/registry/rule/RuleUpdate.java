package io.meshup.registry.rule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.meshup.model.rule.RateLimit;
import io.meshup.model.rule.Route;
import io.meshup.registry.problem.ApiProblem;
import io.meshup.registry.problem.Violation;
import io.meshup.registry.rule.check.CallCycles;
import io.meshup.registry.rule.check.RuleDraft;
import io.meshup.registry.store.RuleBatch;
import io.meshup.registry.store.RuleChange;
import io.meshup.registry.store.RuleSet;
import io.meshup.registry.store.StoredRule;

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
		Map<String, SortedSet<String>> owners = owners(present);
		List<Violation> violations = new ArrayList<>();
		for (RuleDraft draft : this.drafts) {
			if (draft.kind().equals(RateLimit.KIND)) {
				continue;
			}
			owners.getOrDefault(draft.kind() + "/" + draft.service(), new TreeSet<>())
				.stream()
				.filter((owner) -> !owner.equals(draft.id()))
				.findFirst()
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
		Set<String> drafted = this.drafts.stream().map(RuleDraft::id).collect(Collectors.toSet());
		present.all()
			.stream()
			.filter((rule) -> rule.kind().equals(Route.KIND) && !drafted.contains(rule.id()))
			.forEach((rule) -> cycles.add(rule.spec()));
		List<RuleDraft> routes = this.drafts.stream().filter((draft) -> draft.kind().equals(Route.KIND)).toList();
		routes.forEach((draft) -> cycles.add(draft.spec()));
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
	 * Which rules a service would have of each kind.
	 * @param present the rules as they are
	 * @return the ids of the rules by kind and service
	 */
	private Map<String, SortedSet<String>> owners(RuleSet present) {
		Map<String, SortedSet<String>> owners = new HashMap<>();
		Set<String> drafted = this.drafts.stream().map(RuleDraft::id).collect(Collectors.toSet());
		for (StoredRule rule : present.all()) {
			if (!drafted.contains(rule.id())) {
				owners.computeIfAbsent(rule.kind() + "/" + rule.service(), (key) -> new TreeSet<>()).add(rule.id());
			}
		}
		for (RuleDraft draft : this.drafts) {
			owners.computeIfAbsent(draft.kind() + "/" + draft.service(), (key) -> new TreeSet<>()).add(draft.id());
		}
		return owners;
	}

	/**
	 * Compares conditions with what they are meant for.
	 */
	@FunctionalInterface
	interface Guard {

		void check(Preconditions conditions, List<RuleDraft> drafts, RuleSet present);

	}

}
