package io.meshup.spring.local;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

import io.meshup.model.MeshJson;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads settings by the JSON Schema of a rule, as the document that an operator would
 * have written. What the schema forbids is told in its own words.
 */
final class SettingSchema {

	private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,18}");

	private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,18}([.][0-9]{1,18})?");

	private static final int MAX_ITEMS = 1_000;

	private SettingSchema() {
	}

	static JsonNode read(JsonNode schema, Setting setting) {
		return switch (schema.path("type").asString("")) {
			case "object" -> object(schema, setting);
			case "array" -> list(schema, setting);
			default -> value(schema, setting, setting.value());
		};
	}

	// The name of the field that a setting stands for, as documents have it.
	static String field(JsonNode schema, Setting setting) {
		Optional<String> field = names(schema).stream().filter(setting::is).findFirst();
		return field.orElseThrow(() -> unknown(schema, setting));
	}

	private static RuntimeException unknown(JsonNode schema, Setting setting) {
		for (JsonNode later : schema.path("x-later")) {
			if (setting.is(later.asString())) {
				return setting.wrong("is not supported yet; leave it out");
			}
		}
		return setting.wrong("is an unknown field (known here: "
				+ String.join(", ", names(schema).stream().map(SettingSchema::kebab).toList()) + ")");
	}

	private static JsonNode object(JsonNode schema, Setting setting) {
		ObjectNode object = MeshJson.mapper().createObjectNode();
		if (setting.isValue() && !setting.value().isBlank()) {
			throw setting.wrong("must be " + must(schema, "an object with " + String.join(", ", names(schema))));
		}
		for (Setting child : setting.children()) {
			String field = field(schema, child);
			object.set(field, read(schema.path("properties").path(field), child));
		}
		for (JsonNode required : schema.path("required")) {
			if (!object.has(required.asString())) {
				throw setting.wrong("must have '" + kebab(required.asString()) + "', which is missing");
			}
		}
		require(isWithin(schema, "Properties", object.size()), schema, setting);
		return object;
	}

	// By number, or values with commas between.
	private static JsonNode list(JsonNode schema, Setting setting) {
		ArrayNode list = MeshJson.mapper().createArrayNode();
		JsonNode items = schema.path("items");
		boolean nested = items.path("type").asString("").equals("object");
		if (setting.isValue()) {
			require(!nested || setting.value().isBlank(), schema, setting);
			Arrays.stream(setting.value().split(","))
				.map(String::strip)
				.filter((part) -> !part.isEmpty())
				.forEach((part) -> list.add(value(items, setting, part)));
		}
		for (int i = 0; i < setting.children().size() && i < MAX_ITEMS; i++) {
			Setting item = setting.child(Integer.toString(i));
			if (item == null || !item.isNumbered()) {
				throw setting.wrong("must be " + must(schema, "a list") + ", numbered from [0] without a gap");
			}
			list.add(read(items, item));
		}
		require(isWithin(schema, "Items", list.size()) && isUnique(schema, list), schema, setting);
		return list;
	}

	private static JsonNode value(JsonNode schema, Setting setting, String text) {
		boolean scalar = setting.isValue();
		JsonNode value = switch (schema.path("type").asString("")) {
			case "integer" -> {
				require(scalar && WHOLE.matcher(text).matches(), schema, setting);
				yield MeshJson.mapper().getNodeFactory().numberNode(Long.parseLong(text));
			}
			case "number" -> {
				require(scalar && NUMBER.matcher(text).matches(), schema, setting);
				yield MeshJson.mapper().getNodeFactory().numberNode(Double.parseDouble(text));
			}
			case "boolean" -> {
				require(scalar && List.of("true", "false").contains(text), schema, setting);
				yield MeshJson.mapper().getNodeFactory().booleanNode(Boolean.parseBoolean(text));
			}
			default -> {
				require(scalar, schema, setting);
				yield MeshJson.mapper().getNodeFactory().stringNode(word(schema, text));
			}
		};
		require(isAllowed(schema, value), schema, setting);
		return value;
	}

	// One of the schema's words, however it is written here.
	private static String word(JsonNode schema, String text) {
		for (JsonNode word : schema.path("enum")) {
			if (Setting.uniform(word.asString("")).equals(Setting.uniform(text))) {
				return word.asString();
			}
		}
		return text;
	}

	private static boolean isAllowed(JsonNode schema, JsonNode value) {
		if (schema.has("enum") && !contains(schema.path("enum"), value)) {
			return false;
		}
		if (value.isNumber()) {
			return value.asDouble() >= schema.path("minimum").asDouble(Double.NEGATIVE_INFINITY)
					&& value.asDouble() <= schema.path("maximum").asDouble(Double.POSITIVE_INFINITY);
		}
		String text = value.asString("");
		return !value.isString() || (isWithin(schema, "Length", text.codePointCount(0, text.length()))
				&& (!schema.has("pattern") || Pattern.compile(schema.path("pattern").asString()).matcher(text).find()));
	}

	private static boolean contains(JsonNode list, JsonNode value) {
		for (JsonNode one : list) {
			if (one.equals(value)) {
				return true;
			}
		}
		return false;
	}

	private static boolean isWithin(JsonNode schema, String what, int size) {
		return size >= schema.path("min" + what).asInt(0) && size <= schema.path("max" + what).asInt(Integer.MAX_VALUE);
	}

	private static boolean isUnique(JsonNode schema, ArrayNode list) {
		return !schema.path("uniqueItems").asBoolean(false) || list.valueStream().distinct().count() == list.size();
	}

	private static void require(boolean holds, JsonNode schema, Setting setting) {
		if (!holds) {
			throw setting.wrong("must be " + must(schema, "as its schema says"));
		}
	}

	private static String must(JsonNode schema, String other) {
		return schema.path("x-must").asString(other);
	}

	private static List<String> names(JsonNode schema) {
		return new ArrayList<>(schema.path("properties").propertyNames());
	}

	private static String kebab(String name) {
		return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
	}

}
