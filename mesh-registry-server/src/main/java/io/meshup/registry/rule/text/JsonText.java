package io.meshup.registry.rule.text;

import java.util.List;

import io.meshup.registry.limit.DocumentLimits;
import io.meshup.registry.problem.ApiProblem;
import io.meshup.registry.problem.Violation;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Operators' JSON, read without any leniency: no duplicate keys, no comments, nothing
 * after the end, numbers as they are written.
 */
final class JsonText {

	private static final String MUST = "must be JSON, but: ";

	private static final int LIST_OF_DOCUMENTS = 1;

	private static final long TOKENS_OF_A_VALUE = 3;

	private final DocumentLimits limits;

	private final Excess excess;

	private final JsonMapper strict;

	JsonText(DocumentLimits limits) {
		this.limits = limits;
		this.excess = new Excess(limits);
		this.strict = JsonMapper
			.builder(JsonFactory.builder()
				.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
				.streamReadConstraints(StreamReadConstraints.builder()
					.maxNestingDepth(limits.depth() + LIST_OF_DOCUMENTS)
					.maxStringLength(limits.textLength())
					.maxNumberLength(limits.numberLength())
					.maxTokenCount(TOKENS_OF_A_VALUE * limits.values() + 2)
					.build())
				.build())
			.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
			.build();
	}

	/**
	 * Reads one document or a list of documents.
	 * @param text the JSON
	 * @return the documents
	 * @throws ApiProblem when it is not JSON; tells where
	 */
	List<JsonNode> read(String text) {
		JsonNode tree = parse(text);
		List<JsonNode> documents = tree.isArray() ? tree.valueStream().toList() : List.of(tree);
		long values = 0;
		for (int i = 0; i < documents.size(); i++) {
			values += Excess.count(documents.get(i));
			if (this.excess.isTooDeep(documents.get(i))) {
				throw invalid(Violation.of(i, "", MUST + this.excess.depth()));
			}
			if (values > this.limits.values()) {
				throw invalid(Violation.of(i, "", MUST + this.excess.values()));
			}
		}
		return documents;
	}

	private JsonNode parse(String text) {
		try {
			return this.strict.readTree(text);
		}
		catch (JacksonException ex) {
			TokenStreamLocation at = ex.getLocation();
			int line = (at != null) ? Math.max(at.getLineNr(), 1) : 1;
			int column = (at != null) ? Math.max(at.getColumnNr(), 1) : 1;
			throw invalid(Violation.at(0, line, column, MUST + reason(ex)));
		}
	}

	private static ApiProblem invalid(Violation violation) {
		return ApiProblem.invalid(List.of(violation));
	}

	private String reason(JacksonException ex) {
		String message = ex.getOriginalMessage();
		if (ex instanceof StreamConstraintsException) {
			return beyond(message);
		}
		String first = message.lines().findFirst().orElse("it does not parse");
		return first.replaceAll("\\s*\\((for|from|through|class|`)[^)]*\\)", "")
			.replaceAll("`[a-zA-Z.]+\\.([A-Za-z]+)[^`]*`", "$1");
	}

	// Which of its limits was met, the reader tells by its words only.
	private String beyond(String message) {
		if (message.contains("nesting depth")) {
			return this.excess.depth();
		}
		if (message.contains("Number")) {
			return this.excess.number();
		}
		return message.contains("Token count") ? this.excess.values() : this.excess.text();
	}

}
