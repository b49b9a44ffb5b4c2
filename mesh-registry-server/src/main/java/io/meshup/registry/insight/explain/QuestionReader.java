package io.meshup.registry.insight.explain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import io.meshup.model.MeshJson;
import io.meshup.model.ServiceName;
import io.meshup.registry.limit.QuestionLimits;
import io.meshup.registry.problem.ApiProblem;
import io.meshup.registry.problem.Violation;
import tools.jackson.databind.JsonNode;

/**
 * Reads a question, and finds all that is wrong with it.
 */
final class QuestionReader {

	private static final List<String> FIELDS = List.of("source", "service", "method", "path", "headers", "queryParams",
			"remoteAddress");

	private static final String LABEL = "a DNS label (a-z, 0-9, -; at most 63 characters; not 'localhost')";

	private final JsonNode tree;

	private final QuestionLimits limits;

	private final List<Violation> violations = new ArrayList<>();

	private QuestionReader(JsonNode tree, QuestionLimits limits) {
		this.tree = tree;
		this.limits = limits;
	}

	static Question read(byte[] body, QuestionLimits limits) {
		JsonNode tree;
		try {
			tree = MeshJson.readStrictly(body);
		}
		catch (IllegalArgumentException ex) {
			throw invalid(List.of(Violation.of("", "must be a JSON object but does not parse")));
		}
		if (!tree.isObject()) {
			throw invalid(List.of(Violation.of("", "must be a JSON object with " + String.join(", ", FIELDS))));
		}
		return new QuestionReader(tree, limits).question();
	}

	private Question question() {
		for (String field : this.tree.propertyNames()) {
			if (!FIELDS.contains(field)) {
				add(field, "unknown field '" + cut(field) + "' (known here: " + String.join(", ", FIELDS) + ")");
			}
		}
		String source = text("source", "", ServiceName::isValid, LABEL);
		String service = text("service", "", ServiceName::isValid, LABEL);
		String method = text("method", "GET", (text) -> text.matches("[A-Z][A-Z-]{0,19}"),
				"an HTTP method in upper case");
		String path = text("path", "/", QuestionReader::isPath,
				"a path that begins with '/', without query and fragment (the query's values go into queryParams)");
		String address = text("remoteAddress", "", (text) -> text.matches("[0-9A-Fa-f:.%]{2,60}"), "an IP address");
		Map<String, String> headers = texts("headers");
		Map<String, String> queryParams = texts("queryParams");
		if (!this.tree.hasNonNull("service")) {
			add("service", "must be given: " + LABEL);
		}
		if (!this.violations.isEmpty()) {
			throw invalid(this.violations);
		}
		return new Question(source, service, method, path, headers, queryParams, address.isEmpty() ? null : address);
	}

	private String text(String field, String other, Predicate<String> check, String expected) {
		JsonNode value = this.tree.path(field);
		if (value.isMissingNode() || value.isNull()) {
			return other;
		}
		if (!value.isString() || isTooLong(value) || !check.test(value.asString())) {
			add(field, "must be " + expected + within() + " but was " + cut(value.toString()));
		}
		return value.asString("");
	}

	private Map<String, String> texts(String field) {
		JsonNode value = this.tree.path(field);
		Map<String, String> texts = new LinkedHashMap<>();
		if (value.isMissingNode() || value.isNull()) {
			return texts;
		}
		if (!value.isObject() || value.size() > this.limits.entries()) {
			add(field,
					"must be an object of at most " + this.limits.entries()
							+ " texts (mesh.registry.limits.question.entries) but was "
							+ (value.isObject() ? "one of " + value.size() : cut(value.toString())));
			return texts;
		}
		value.properties().forEach((entry) -> {
			if (!entry.getValue().isString() || isTooLong(entry.getValue())) {
				add(field + "/" + entry.getKey().replace("~", "~0").replace("/", "~1"),
						"must be a text" + within() + " but was " + cut(entry.getValue().toString()));
			}
			texts.put(entry.getKey(), entry.getValue().asString(""));
		});
		return texts;
	}

	private boolean isTooLong(JsonNode value) {
		return value.asString("").length() > this.limits.textLength();
	}

	private String within() {
		return " of at most " + this.limits.textLength() + " characters (mesh.registry.limits.question.text-length)";
	}

	private void add(String place, String message) {
		this.violations.add(Violation.of("/" + place, message));
	}

	private static boolean isPath(String text) {
		return text.startsWith("/") && text.indexOf('?') < 0 && text.indexOf('#') < 0;
	}

	private static String cut(String text) {
		String plain = text.replaceAll("\\p{C}", "?");
		return (plain.length() > 80) ? plain.substring(0, 80) + "..." : plain;
	}

	private static ApiProblem invalid(List<Violation> violations) {
		return ApiProblem.invalid(violations);
	}

}
