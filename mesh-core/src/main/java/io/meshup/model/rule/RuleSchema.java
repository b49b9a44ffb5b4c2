package io.meshup.model.rule;

import java.io.IOException;
import java.io.InputStream;

import io.meshup.model.MeshJson;
import tools.jackson.databind.JsonNode;

/**
 * The JSON Schema of each kind of rule: its fields, their bounds, and in {@code x-must}
 * what people are told that a value must be.
 */
public final class RuleSchema {

	private RuleSchema() {
	}

	/**
	 * Reads the schema of a kind.
	 * @param kind a kind that is enforced
	 * @return the schema, read anew at each call
	 * @throws IllegalStateException when there is none
	 */
	public static JsonNode read(String kind) {
		try (InputStream stream = RuleSchema.class.getResourceAsStream(kind + ".schema.json")) {
			if (stream == null) {
				throw new IllegalStateException("The schema of " + kind + " is not in this build");
			}
			return MeshJson.readTree(stream.readAllBytes());
		}
		catch (IOException ex) {
			throw new IllegalStateException("The schema of " + kind + " cannot be read", ex);
		}
	}

}
