package io.meshup.registry.rule.schema;

import java.util.ArrayList;
import java.util.List;

import com.networknt.schema.Error;
import com.networknt.schema.path.NodePath;
import io.meshup.registry.limit.RegistryLimits;
import io.meshup.registry.problem.Violation;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Says what a schema demands in the words that the schema itself brings: {@code x-must}
 * for what a value must be, {@code x-later} for what is not enforced yet.
 */
public final class SchemaWords {

	private SchemaWords() {
	}

	static Violation violation(int index, JsonNode schemas, Error error) {
		String at = pointer(error.getInstanceLocation());
		JsonNode schema = parent(schemas, error);
		String property = error.getProperty();
		return switch (error.getKeyword()) {
			case "required" -> Violation.of(index, child(at, property), "must be given but is missing");
			case "additionalProperties" ->
				Violation.of(index, child(at, property), forbidden(schema, String.valueOf(property)));
			case "maxItems" ->
				Violation.of(index, at, wrong(schema, error.getInstanceNode()) + limit("document.list-entries"));
			default -> Violation.of(index, at, wrong(schema, error.getInstanceNode()));
		};
	}

	private static String limit(String property) {
		return " (see " + RegistryLimits.PREFIX + property + ")";
	}

	private static String forbidden(JsonNode schema, String property) {
		if (names(schema.path("x-later")).contains(property)) {
			return "'" + property + "' is not supported yet; leave it out";
		}
		return "unknown field '" + shorten(property) + "' (known here: "
				+ String.join(", ", schema.path("properties").propertyNames()) + ")";
	}

	private static String wrong(JsonNode schema, JsonNode value) {
		if (value.isString() && names(schema.path("x-later")).contains(value.asString())) {
			return "'" + value.asString() + "' is not supported yet (supported: "
					+ String.join(", ", names(schema.path("enum"))) + ")";
		}
		return "must be " + must(schema) + " but was " + shown(value);
	}

	private static String must(JsonNode schema) {
		String must = schema.path("x-must").asString("");
		if (!must.isEmpty()) {
			return must;
		}
		return switch (schema.path("type").asString("")) {
			case "object" -> "an object with " + String.join(", ", schema.path("properties").propertyNames());
			case "array" -> "a list";
			default -> "as its schema says";
		};
	}

	/**
	 * A value as it stands in a message.
	 * @param value any value
	 * @return a short text
	 */
	public static String shown(JsonNode value) {
		if (value.isObject()) {
			return "an object with "
					+ (value.isEmpty() ? "nothing" : shorten(String.join(", ", value.propertyNames())));
		}
		if (value.isArray()) {
			return "a list of " + value.size();
		}
		return value.isString() ? "'" + shorten(value.asString()) + "' (text)" : shorten(value.toString());
	}

	private static String shorten(String text) {
		String printable = text.codePoints()
			.limit(100)
			.map((point) -> (Character.isISOControl(point) || Character.getType(point) == Character.FORMAT) ? '\uFFFD'
					: point)
			.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
			.toString();
		return (text.codePointCount(0, text.length()) > 100) ? printable + "..." : printable;
	}

	private static List<String> names(JsonNode list) {
		List<String> names = new ArrayList<>();
		list.forEach((name) -> names.add(name.asString()));
		return names;
	}

	private static JsonNode parent(JsonNode schemas, Error error) {
		String fragment = pointer(error.getSchemaLocation().getFragment());
		return schemas.at(fragment.substring(0, Math.max(fragment.lastIndexOf('/'), 0)));
	}

	/**
	 * The path as RFC 6901 has it, whatever the validator's own form is.
	 * @param path the validator's path
	 * @return a JSON pointer
	 */
	private static String pointer(NodePath path) {
		StringBuilder pointer = new StringBuilder();
		for (int i = 0; i < path.getNameCount(); i++) {
			pointer.append('/').append(escape(String.valueOf(path.getElement(i))));
		}
		return pointer.toString();
	}

	private static String child(String at, @Nullable String property) {
		return (property != null) ? at + "/" + escape(property) : at;
	}

	private static String escape(String name) {
		return name.replace("~", "~0").replace("/", "~1");
	}

}
