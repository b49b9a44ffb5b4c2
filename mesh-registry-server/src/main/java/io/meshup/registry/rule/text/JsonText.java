package io.meshup.registry.rule.text;

import java.util.ArrayList;
import java.util.List;

import io.meshup.registry.problem.ApiProblem;
import io.meshup.registry.problem.Violation;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Operators' JSON, read without any leniency: no duplicate keys, no comments, nothing
 * after the end, numbers as they are written.
 */
final class JsonText {

	private static final JsonMapper STRICT = JsonMapper
		.builder(JsonFactory.builder()
			.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
			.streamReadConstraints(StreamReadConstraints.builder()
				.maxNestingDepth(DocumentReader.MAX_DEPTH)
				.maxStringLength(DocumentReader.MAX_TEXT)
				.maxNumberLength(DocumentReader.MAX_NUMBER)
				.build())
			.build())
		.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.build();

	private JsonText() {
	}

	/**
	 * Reads one document or a list of documents.
	 * @param text the JSON
	 * @return the documents
	 * @throws ApiProblem when it is not JSON; tells where
	 */
	static List<JsonNode> read(String text) {
		JsonNode tree = parse(text);
		if (!tree.isArray()) {
			return List.of(tree);
		}
		List<JsonNode> documents = new ArrayList<>();
		tree.forEach(documents::add);
		return documents;
	}

	private static JsonNode parse(String text) {
		try {
			return STRICT.readTree(text);
		}
		catch (JacksonException ex) {
			TokenStreamLocation at = ex.getLocation();
			int line = (at != null) ? Math.max(at.getLineNr(), 1) : 1;
			int column = (at != null) ? Math.max(at.getColumnNr(), 1) : 1;
			throw ApiProblem.invalid(List.of(Violation.at(0, line, column,
					"must be JSON within the limits of nesting, text and numbers, but: " + reason(ex))));
		}
	}

	private static String reason(JacksonException ex) {
		String message = ex.getOriginalMessage();
		String first = message.lines().findFirst().orElse("it does not parse");
		return first.replaceAll("\\s*\\((for|from|through|class|`)[^)]*\\)", "")
			.replaceAll("`[a-zA-Z.]+\\.([A-Za-z]+)[^`]*`", "$1");
	}

}
