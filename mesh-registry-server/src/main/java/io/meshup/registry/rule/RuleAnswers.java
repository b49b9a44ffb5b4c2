package io.meshup.registry.rule;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.meshup.model.MeshJson;
import io.meshup.model.rule.RuleReader;
import io.meshup.registry.rule.check.RuleDraft;
import io.meshup.registry.rule.text.YamlWriter;
import io.meshup.registry.store.rule.RuleCommit;
import io.meshup.registry.store.rule.RuleSet;
import io.meshup.registry.store.rule.StoredRule;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * The bodies and headers of the rules API.
 */
final class RuleAnswers {

	private RuleAnswers() {
	}

	static ResponseEntity<byte[]> rule(StoredRule rule) {
		return ResponseEntity.ok()
			.eTag(Preconditions.tag(rule))
			.contentType(MediaType.APPLICATION_JSON)
			.body(rule.json());
	}

	static ResponseEntity<byte[]> written(RuleResult result, RuleCommit commit) {
		RuleDraft draft = result.draft();
		StoredRule rule = commit.rules().find(draft.kind(), draft.name()).orElseThrow();
		boolean created = result.outcome() == RuleResult.Outcome.CREATED;
		return ResponseEntity.status(created ? HttpStatus.CREATED : HttpStatus.OK)
			.eTag(Preconditions.tag(rule))
			.contentType(MediaType.APPLICATION_JSON)
			.body(draft.warnings().isEmpty() ? rule.json() : warned(rule.document().deepCopy(), draft));
	}

	static ResponseEntity<byte[]> tried(RuleResult result) {
		RuleDraft draft = result.draft();
		ObjectNode document = MeshJson.mapper().createObjectNode();
		document.put("apiVersion", RuleReader.API_VERSION).put("kind", draft.kind());
		document.set("metadata",
				result.before()
					.map((rule) -> rule.document().path("metadata").deepCopy())
					.orElseGet(() -> MeshJson.mapper().createObjectNode().put("name", draft.name())));
		document.set("spec", draft.spec());
		document.putPOJO("changes", result.changes());
		byte[] body = draft.warnings().isEmpty() ? MeshJson.write(document) : warned(document, draft);
		return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(body);
	}

	private static byte[] warned(JsonNode document, RuleDraft draft) {
		((ObjectNode) document).putPOJO("warnings", draft.warnings());
		return MeshJson.write(document);
	}

	static ResponseEntity<byte[]> applied(List<RuleResult> results, RuleCommit commit) {
		return json(ordered("documents", results.stream().map((result) -> entry(result, commit)).toList(), "revision",
				commit.revision()));
	}

	private static Map<String, Object> entry(RuleResult result, RuleCommit commit) {
		RuleDraft draft = result.draft();
		long revision = commit.rules().find(draft.kind(), draft.name()).map(StoredRule::revision).orElse(0L);
		Map<String, Object> entry = ordered("kind", draft.kind(), "name", draft.name());
		entry.put("result", result.word());
		entry.put("revision", revision);
		entry.put("changes", result.changes());
		entry.put("warnings", draft.warnings());
		return entry;
	}

	static ResponseEntity<byte[]> list(RuleSet rules, long revision) {
		return ResponseEntity.ok()
			.eTag(Preconditions.tag(rules.revision()))
			.contentType(MediaType.APPLICATION_JSON)
			.body(MeshJson.write(
					ordered("rules", rules.all().stream().map(StoredRule::document).toList(), "revision", revision)));
	}

	/**
	 * Rules as an operator would write them: the server's metadata left out, so that an
	 * export is the same text as long as the rules are the same.
	 * @param rules the rules
	 * @param revision what the tag says
	 * @return a YAML text with a document for each rule
	 */
	static ResponseEntity<byte[]> yaml(List<StoredRule> rules, long revision) {
		String text = YamlWriter.write(rules.stream().map(RuleAnswers::written).toList());
		return ResponseEntity.ok()
			.eTag(Preconditions.tag(revision))
			.contentType(MediaType.valueOf("application/yaml;charset=UTF-8"))
			.body(text.getBytes(StandardCharsets.UTF_8));
	}

	private static JsonNode written(StoredRule rule) {
		ObjectNode document = MeshJson.mapper().createObjectNode();
		document.put("apiVersion", RuleReader.API_VERSION).put("kind", rule.kind());
		document.putObject("metadata").put("name", rule.name());
		return document.set("spec", rule.spec());
	}

	private static ResponseEntity<byte[]> json(Object body) {
		return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(MeshJson.write(body));
	}

	private static Map<String, Object> ordered(String first, Object one, String second, Object two) {
		Map<String, Object> map = new LinkedHashMap<>();
		map.put(first, one);
		map.put(second, two);
		return map;
	}

}
