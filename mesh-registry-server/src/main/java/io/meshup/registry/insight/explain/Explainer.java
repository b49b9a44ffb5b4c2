package io.meshup.registry.insight.explain;

import java.util.ArrayList;
import java.util.List;

import io.meshup.model.rule.Route;
import io.meshup.model.rule.RuleReader;
import io.meshup.model.rule.TrafficPolicy;
import io.meshup.registry.lease.Leases;
import io.meshup.registry.problem.ApiProblem;
import io.meshup.registry.store.MeshStore;
import io.meshup.registry.store.rule.StoredRule;
import io.meshup.route.CompiledRoute;
import io.meshup.route.CompiledRule;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Works out what would become of a request, with the same matching and the same draw as
 * callers have. Thread-safe; asks nobody.
 */
@Component
final class Explainer {

	private final MeshStore store;

	private final Leases leases;

	private final Callers callers;

	Explainer(MeshStore store, Leases leases, Callers callers) {
		this.store = store;
		this.leases = leases;
		this.callers = callers;
	}

	Answer explain(Question question) {
		List<StoredRule> rules = this.store.rulesFor(question.service());
		if (rules.isEmpty() && this.leases.instances(question.service()).isEmpty()) {
			throw ApiProblem.of(HttpStatus.NOT_FOUND, "No instance and no rule names the service '" + question.service()
					+ "' (known: " + String.join(", ", this.leases.services()) + ").");
		}
		long revision = this.store.revision();
		StoredRule route = find(rules, Route.KIND);
		StoredRule policy = find(rules, TrafficPolicy.KIND);
		CompiledRoute compiled = (route != null && RuleReader.read(route.document()) instanceof Route read)
				? CompiledRoute.of(read) : CompiledRoute.none(question.service());
		CompiledRule matched = compiled.match(question, question.source());
		long latest = Math.max((route != null) ? route.revision() : 0, (policy != null) ? policy.revision() : 0);
		List<Answer.Caller> calling = this.callers.of(question, latest, rules.stream().map(StoredRule::id).toList());
		Shares shares = new Shares(this.leases, question, matched);
		List<Answer.Backend> backends = shares.list();
		return new Answer(revision, matched(question, route, compiled, matched),
				(policy != null) ? new Answer.RuleName(policy.id(), policy.revision()) : null, question.lane(),
				backends, new CandidateList(this.leases, question, shares, backends, calling).list(), calling);
	}

	private static Answer.Matched matched(Question question, @Nullable StoredRule route, CompiledRoute compiled,
			CompiledRule matched) {
		if (route == null) {
			return new Answer.Matched(null, null, null, null,
					"The service has no route: plain balancing over all of its instances.", List.of(), null);
		}
		List<Answer.RuleFit> fits = new ArrayList<>();
		for (CompiledRule rule : compiled.rules()) {
			fits.add(new Answer.RuleFit(fits.size(), rule.rule().name(), rule.matches(question, question.source())));
		}
		int index = compiled.rules().indexOf(matched);
		if (index < 0) {
			return new Answer.Matched(route.id(), route.revision(), null, null,
					"No rule of the route matches: plain balancing over all instances of the service.", fits, null);
		}
		return new Answer.Matched(route.id(), route.revision(), index, matched.rule().name(),
				"The first rule that matches decides.", fits, route.spec().path("rules").path(index));
	}

	private static @Nullable StoredRule find(List<StoredRule> rules, String kind) {
		return rules.stream().filter((rule) -> rule.kind().equals(kind)).findFirst().orElse(null);
	}

}
