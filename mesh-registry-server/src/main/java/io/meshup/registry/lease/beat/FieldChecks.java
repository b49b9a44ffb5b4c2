package io.meshup.registry.lease.beat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import io.meshup.registry.limit.InstanceLimits;
import io.meshup.registry.problem.Violations;
import tools.jackson.databind.JsonNode;

/**
 * Checks the fields of one JSON object and notes what is wrong with each, by place.
 */
final class FieldChecks {

	/** A handful, written in code: beats are many, and compiling is slow. */
	private static final Map<String, Pattern> PATTERNS = new ConcurrentHashMap<>();

	private final JsonNode object;

	private final String pointer;

	private final InstanceLimits limits;

	private final Violations violations;

	FieldChecks(JsonNode object, String pointer, InstanceLimits limits, Violations violations) {
		this.object = object;
		this.pointer = pointer;
		this.limits = limits;
		this.violations = violations;
	}

	Field text(String name, String pattern, String expected) {
		Pattern compiled = PATTERNS.computeIfAbsent(pattern, Pattern::compile);
		return satisfies(name, (text) -> compiled.matcher(text).matches(), expected);
	}

	Field satisfies(String name, Predicate<String> check, String expected) {
		return field(name, (value) -> value.isString() && check.test(value.asString()), expected);
	}

	Field oneOf(String name, String... words) {
		List<String> allowed = List.of(words);
		String expected = (allowed.size() == 1) ? "'" + words[0] + "'" : "one of " + String.join(", ", allowed);
		return field(name, (value) -> value.isString() && allowed.contains(value.asString()), expected);
	}

	Field whole(String name, long min, long max) {
		return field(name, (value) -> isWhole(value, min, max), "a whole number from " + min + " to " + max);
	}

	Field rate(String name) {
		return field(name, (value) -> value.isNumber() && value.doubleValue() >= 0 && value.doubleValue() <= 1e9,
				"a number from 0 to 1000000000");
	}

	/**
	 * An object of texts, limited as a whole.
	 * @param name the field
	 */
	void flatText(String name) {
		JsonNode value = this.object.path(name);
		if (isAbsent(value)) {
			return;
		}
		if (!value.isObject()) {
			note(name, "must be an object of texts but was " + describe(value));
			return;
		}
		long bytes = 0;
		for (Map.Entry<String, JsonNode> entry : value.properties()) {
			bytes += size(entry.getKey()) + size(entry.getValue().asString(""));
			if (!entry.getValue().isString()) {
				note(name + "/" + escape(entry.getKey()), "must be a text but was " + describe(entry.getValue()));
			}
		}
		if (bytes > this.limits.metadataSize().toBytes()) {
			note(name, "must have at most " + this.limits.metadataSize().toBytes()
					+ " bytes of names and values (mesh.registry.limits.instance.metadata-size) but had " + bytes);
		}
	}

	void texts(String name) {
		elements(name, (place, element) -> {
			if (!element.isString()) {
				note(place, "must be a text but was " + describe(element));
			}
		});
	}

	void list(String name, Consumer<FieldChecks> check) {
		elements(name, (place, element) -> {
			if (element.isObject()) {
				check.accept(new FieldChecks(element, this.pointer + "/" + place, this.limits, this.violations));
			}
			else {
				note(place, "must be an object but was " + describe(element));
			}
		});
	}

	/**
	 * A value as it can stand in a message.
	 * @param value any value
	 * @return what it is, shortened
	 */
	static String describe(JsonNode value) {
		if (value.isObject()) {
			return "an object";
		}
		if (value.isArray()) {
			return "a list";
		}
		return value.isString() ? Violations.quote(value.asString()) : Violations.quote(value.toString());
	}

	private void elements(String name, ElementCheck check) {
		JsonNode value = this.object.path(name);
		if (isAbsent(value)) {
			return;
		}
		if (!value.isArray()) {
			note(name, "must be a list but was " + describe(value));
			return;
		}
		if (value.size() > this.limits.listEntries()) {
			note(name, "must have at most " + this.limits.listEntries()
					+ " entries (mesh.registry.limits.instance.list-entries) but had " + value.size());
			return;
		}
		for (int i = 0; i < value.size(); i++) {
			check.check(name + "/" + i, value.get(i));
		}
	}

	private Field field(String name, Predicate<JsonNode> check, String expected) {
		JsonNode value = this.object.path(name);
		if (!isAbsent(value) && !check.test(value)) {
			note(name, "must be " + expected + " but was " + describe(value));
		}
		return () -> {
			if (isAbsent(value)) {
				note(name, "must be given: " + expected);
			}
		};
	}

	private void note(String place, String message) {
		this.violations.add(this.pointer + "/" + place, message);
	}

	private static boolean isAbsent(JsonNode value) {
		return value.isMissingNode() || value.isNull();
	}

	private static boolean isWhole(JsonNode value, long min, long max) {
		return value.isIntegralNumber() && value.canConvertToLong() && value.longValue() >= min
				&& value.longValue() <= max;
	}

	private static int size(String text) {
		return text.getBytes(StandardCharsets.UTF_8).length;
	}

	private static String escape(String key) {
		return key.replace("~", "~0").replace("/", "~1");
	}

	/** What was said about one field so far. */
	interface Field {

		/** Notes a violation when the field is absent. */
		void required();

	}

	private interface ElementCheck {

		void check(String place, JsonNode element);

	}

}
