package io.meshup.registry.rule;

import java.util.ArrayList;
import java.util.List;

import io.meshup.registry.problem.ApiProblem;
import io.meshup.registry.problem.Violation;
import io.meshup.registry.rule.check.RuleDraft;
import io.meshup.registry.rule.check.RuleValidator;
import io.meshup.registry.rule.schema.RuleSchemas;
import io.meshup.registry.rule.schema.SchemaWords;
import io.meshup.registry.store.MeshStore;
import io.meshup.registry.store.rule.RuleChange;
import io.meshup.registry.store.rule.RuleCommit;
import io.meshup.registry.store.rule.RuleSet;
import io.meshup.registry.store.rule.StoredRule;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/**
 * Checks and changes rules. Thread-safe.
 */
final class RuleService {

	private final MeshStore store;

	private final RuleValidator validator;

	RuleService(MeshStore store, RuleValidator validator) {
		this.store = store;
		this.validator = validator;
	}

	/**
	 * A rule, as it is now.
	 * @param kind its kind
	 * @param name its name
	 * @return the rule
	 * @throws ApiProblem with 404 when there is none
	 */
	StoredRule find(String kind, String name) {
		return this.store.ruleSet().find(kind, name).orElseThrow(() -> missing(kind, name));
	}

	/**
	 * Checks a document that is meant for a path.
	 * @param kind the path's kind
	 * @param name the path's name
	 * @param documents what was sent
	 * @return the draft
	 */
	List<RuleDraft> check(String kind, String name, List<JsonNode> documents) {
		if (documents.size() != 1) {
			throw ApiProblem.invalid(List.of(Violation.of("", "must be one document but there are " + documents.size()
					+ "; send several to /api/v1/rules:apply")));
		}
		List<Violation> violations = new ArrayList<>();
		JsonNode document = documents.get(0);
		mustEqual(document.path("kind"), "/kind", kind, violations);
		mustEqual(document.path("metadata").path("name"), "/metadata/name", name, violations);
		try {
			List<RuleDraft> drafts = check(documents);
			if (violations.isEmpty()) {
				return drafts;
			}
		}
		catch (ApiProblem ex) {
			violations.addAll(0, ex.violations());
		}
		throw ApiProblem.invalid(violations);
	}

	private static void mustEqual(JsonNode value, String pointer, String path, List<Violation> violations) {
		if (value.isString() && !value.asString().equals(path)) {
			violations.add(Violation.of(0, pointer,
					"must be '" + path + "' as in the path but was " + SchemaWords.shown(value)));
		}
	}

	List<RuleDraft> check(List<JsonNode> documents) {
		return this.validator.validate(documents);
	}

	Mono<RuleCommit> keep(RuleUpdate update) {
		return this.store.write(update);
	}

	/**
	 * Does everything but keep it.
	 * @param update the drafts
	 * @return what would have been decided on
	 */
	RuleCommit tryOut(RuleUpdate update) {
		RuleSet rules = this.store.ruleSet();
		update.decide(rules);
		return new RuleCommit(this.store.revision(), rules);
	}

	Mono<ResponseEntity<byte[]>> written(RuleUpdate update) {
		return keep(update).map((commit) -> RuleAnswers.written(update.results().get(0), commit));
	}

	Mono<ResponseEntity<byte[]>> tried(RuleUpdate update) {
		return Mono.fromSupplier(() -> tryOut(update)).map((commit) -> RuleAnswers.tried(update.results().get(0)));
	}

	Mono<RuleCommit> delete(RuleChange.Delete deletion, Preconditions preconditions) {
		return this.store.write((present) -> {
			checkDeletion(deletion, preconditions, present);
			return List.of(deletion);
		});
	}

	RuleCommit tryOut(RuleChange.Delete deletion, Preconditions preconditions) {
		RuleSet rules = this.store.ruleSet();
		checkDeletion(deletion, preconditions, rules);
		return new RuleCommit(this.store.revision(), rules);
	}

	private static void checkDeletion(RuleChange.Delete deletion, Preconditions preconditions, RuleSet present) {
		preconditions.check(deletion.kind() + "/" + deletion.name(), present.find(deletion.kind(), deletion.name()));
		if (present.find(deletion.kind(), deletion.name()).isEmpty()) {
			throw missing(deletion.kind(), deletion.name());
		}
	}

	private static ApiProblem missing(String kind, String name) {
		String known = RuleSchemas.KINDS.contains(kind) ? ""
				: " There is no kind '" + kind + "' (kinds: " + String.join(", ", RuleSchemas.KINDS) + ").";
		return ApiProblem.of(HttpStatus.NOT_FOUND, "There is no rule '" + kind + "/" + name + "'." + known);
	}

}
