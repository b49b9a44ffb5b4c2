package io.meshup.registry.rule;

import java.util.Map;

import tools.jackson.databind.JsonNode;

/**
 * Refuses 1.0 and 1e3 where JSON Schema takes them for whole numbers: nothing is coerced.
 */
final class Fractions {

	private Fractions() {
	}

	static void check(JsonNode node, String at, Findings findings) {
		if (node.isFloatingPointNumber() && node.decimalValue().stripTrailingZeros().scale() <= 0) {
			findings.wrong(at, "must be written as a whole number but was " + SchemaWords.shown(node));
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

}
