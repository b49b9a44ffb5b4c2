package io.meshup.registry.store.rule;

import tools.jackson.databind.node.ObjectNode;

/**
 * Why a rule changes.
 *
 * @param message the author's words, or empty
 * @param rolledBackTo the revision whose content is put back, or 0
 */
public record Reason(String message, long rolledBackTo) {

	/**
	 * Nothing was said.
	 */
	public static final Reason NONE = new Reason("", 0);

	/**
	 * The author's words alone.
	 * @param message the words
	 * @return the reason
	 */
	public static Reason of(String message) {
		return new Reason(message, 0);
	}

	/**
	 * Adds what was said to a rule's metadata.
	 * @param metadata takes {@code message} and {@code rolledBackTo} where there are any
	 */
	public void describe(ObjectNode metadata) {
		if (!this.message.isEmpty()) {
			metadata.put("message", this.message);
		}
		if (this.rolledBackTo > 0) {
			metadata.put("rolledBackTo", this.rolledBackTo);
		}
	}

}
