package io.meshup.registry.rule.check.field;

import java.math.BigDecimal;
import java.util.Map;

import io.meshup.registry.rule.schema.SchemaWords;
import tools.jackson.databind.JsonNode;

/**
 * Refuses 1.0 and 1e3 where JSON Schema takes them for whole numbers, and numbers that
 * the validator itself cannot hold: nothing is coerced.
 */
public final class Fractions {

	private static final BigDecimal LARGEST = BigDecimal.valueOf(Long.MAX_VALUE);

	private Fractions() {
	}

	public static void check(JsonNode node, String at, Findings findings) {
		if (node.isFloatingPointNumber()) {
			number(node, at, findings);
		}
		for (Map.Entry<String, JsonNode> field : node.properties()) {
			check(field.getValue(), at + "/" + field.getKey().replace("~", "~0").replace("/", "~1"), findings);
		}
		if (node.isArray()) {
			for (int i = 0; i < node.size(); i++) {
				check(node.path(i), at + "/" + i, findings);
			}
		}
	}

	private static void number(JsonNode node, String at, Findings findings) {
		BigDecimal value = node.decimalValue();
		if (value.abs().compareTo(LARGEST) > 0) {
			findings.wrong(at, "must be a whole number within its range but was " + SchemaWords.shown(node));
		}
		else if (value.stripTrailingZeros().scale() <= 0) {
			findings.wrong(at, "must be written as a whole number but was " + SchemaWords.shown(node));
		}
	}

	/**
	 * Whether the validator can hold every number.
	 * @param node the tree
	 * @return {@code false} when a number is beyond 64 bits and has a fraction or an
	 * exponent
	 */
	public static boolean areSmall(JsonNode node) {
		if (node.isFloatingPointNumber()) {
			return node.decimalValue().abs().compareTo(LARGEST) <= 0;
		}
		return node.valueStream().allMatch(Fractions::areSmall);
	}

}
