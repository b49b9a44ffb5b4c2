package io.meshup.registry.rule.schema;

import io.meshup.registry.limit.RegistryLimits;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes the operator's limits into a schema, so that what is enforced, what a refusal
 * says and what the schema says to editors are the same.
 */
final class SchemaLimits {

	/**
	 * Lists that the schema itself keeps shorter stay so.
	 */
	private static final int LONGEST_LIST = 200;

	private static final int LONGEST_NAME = 63;

	private final RegistryLimits limits;

	SchemaLimits(RegistryLimits limits) {
		this.limits = limits;
	}

	/**
	 * Changes the schema in place.
	 * @param schema the schema, or a part of it
	 * @return the same
	 */
	JsonNode apply(JsonNode schema) {
		if (schema instanceof ObjectNode object) {
			int most = schema.path("maxItems").asInt(0);
			int entries = this.limits.document().listEntries();
			if (most == LONGEST_LIST || most > entries) {
				object.put("maxItems", entries);
				say(object, " " + most + " ", " " + entries + " ");
			}
			if (schema.path("x-must").asString("").contains("at most " + LONGEST_NAME + " characters")) {
				object.put("maxLength", this.limits.nameLength());
				say(object, "at most " + LONGEST_NAME + " ", "at most " + this.limits.nameLength() + " ");
			}
		}
		schema.forEach(this::apply);
		return schema;
	}

	private static void say(ObjectNode schema, String was, String is) {
		schema.put("x-must", schema.path("x-must").asString("").replace(was, is));
	}

}
