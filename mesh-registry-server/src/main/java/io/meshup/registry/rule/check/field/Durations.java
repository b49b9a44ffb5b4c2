package io.meshup.registry.rule.check.field;

import io.meshup.model.MeshDuration;
import tools.jackson.databind.JsonNode;

/**
 * Durations inside documents that may still be wrong.
 */
public final class Durations {

	/**
	 * What stands for a value that is missing or is no duration.
	 */
	public static final long NONE = -1;

	private Durations() {
	}

	/**
	 * Reads a duration.
	 * @param value a value of a document
	 * @return its milliseconds, or {@link #NONE}
	 */
	public static long millis(JsonNode value) {
		try {
			return value.isString() ? MeshDuration.parse(value.asString()).toMillis() : NONE;
		}
		catch (IllegalArgumentException ex) {
			// The schema has named it.
			return NONE;
		}
	}

}
