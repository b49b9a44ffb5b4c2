package io.meshup.registry.rule.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.meshup.model.rule.RateLimit;
import io.meshup.model.rule.Route;
import io.meshup.model.rule.RuleReader;
import io.meshup.registry.problem.ApiProblem;
import io.meshup.registry.problem.Violation;
import io.meshup.registry.rule.check.field.Findings;
import io.meshup.registry.rule.check.field.Fractions;
import io.meshup.registry.rule.check.kind.LimitChecks;
import io.meshup.registry.rule.check.kind.PolicyChecks;
import io.meshup.registry.rule.check.kind.RouteChecks;
import io.meshup.registry.rule.schema.RuleSchemas;
import io.meshup.registry.rule.schema.SchemaWords;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds everything that is wrong with documents, all at once. Thread-safe.
 */
public final class RuleValidator {

	private final RuleSchemas schemas;

	private final Optional<RunningVersions> running;

	public RuleValidator(RuleSchemas schemas, Optional<RunningVersions> running) {
		this.schemas = schemas;
		this.running = running;
	}

	/**
	 * Checks the documents of one request.
	 * @param documents the trees
	 * @return the drafts, one for each document
	 * @throws ApiProblem with every violation of every document
	 */
	public List<RuleDraft> validate(List<JsonNode> documents) {
		List<RuleDraft> drafts = new ArrayList<>();
		List<Violation> violations = new ArrayList<>();
		for (int i = 0; i < documents.size(); i++) {
			Findings findings = new Findings(i);
			JsonNode document = documents.get(i);
			check(document, findings);
			violations.addAll(findings.violations());
			drafts.add(draft(document, findings));
		}
		violations.addAll(duplicates(drafts));
		if (!violations.isEmpty()) {
			throw ApiProblem.invalid(violations);
		}
		return drafts;
	}

	private void check(JsonNode document, Findings findings) {
		String kind = document.path("kind").asString("");
		if (!document.isObject()) {
			findings.wrong("",
					"must be an object with apiVersion, kind, metadata, spec but was " + SchemaWords.shown(document));
			return;
		}
		if (!RuleSchemas.KINDS.contains(kind)) {
			findings.wrong("/kind", unknownKind(document.path("kind")));
			return;
		}
		Fractions.check(document, "", findings);
		if (Fractions.areSmall(document)) {
			findings.wrong(this.schemas.check(kind, document, findings.document()));
		}
		crossChecks(kind, document.path("spec"), findings);
		if (findings.violations().isEmpty()) {
			secondNet(document, findings);
		}
	}

	private static String unknownKind(JsonNode kind) {
		String known = String.join(", ", RuleSchemas.KINDS);
		if (kind.isMissingNode()) {
			return "must be one of " + known + " but is missing";
		}
		return RuleReader.LATER_KINDS.contains(kind.asString(""))
				? "'" + kind.asString() + "' is not supported yet (supported: " + known + ")"
				: "must be one of " + known + " but was " + SchemaWords.shown(kind);
	}

	private void crossChecks(String kind, JsonNode spec, Findings findings) {
		switch (kind) {
			case Route.KIND -> new RouteChecks(findings).check(spec);
			case RateLimit.KIND -> new LimitChecks(findings).check(spec);
			default -> PolicyChecks.check(spec, findings);
		}
		if (findings.violations().isEmpty()) {
			this.running.ifPresent((versions) -> new RunningChecks(versions).check(spec, findings));
		}
	}

	/**
	 * What callers will read it with.
	 * @param document a document without any violation so far
	 * @param findings takes what is wrong in spite of that
	 */
	private static void secondNet(JsonNode document, Findings findings) {
		try {
			RuleReader.read(document);
		}
		catch (IllegalArgumentException ex) {
			findings.wrong("/spec", "must be a rule that callers can use, but: " + ex.getMessage());
		}
	}

	private static RuleDraft draft(JsonNode document, Findings findings) {
		JsonNode spec = (document.path("spec") instanceof ObjectNode object) ? object.deepCopy()
				: document.path("spec");
		return new RuleDraft(findings.document(), document.path("kind").asString(""),
				document.path("metadata").path("name").asString(""), spec, findings.warnings());
	}

	private static List<Violation> duplicates(List<RuleDraft> drafts) {
		List<Violation> violations = new ArrayList<>();
		Map<String, Integer> first = new HashMap<>();
		for (RuleDraft draft : drafts) {
			Integer earlier = draft.name().isEmpty() ? null : first.putIfAbsent(draft.id(), draft.index());
			if (earlier != null) {
				violations.add(Violation.of(draft.index(), "/metadata/name",
						"must be there once, but document " + earlier + " is '" + draft.id() + "' too"));
			}
		}
		return violations;
	}

}
