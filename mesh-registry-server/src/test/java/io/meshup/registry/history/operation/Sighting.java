package io.meshup.registry.history.operation;

/**
 * What somebody was shown of a rule, without asking for the very latest.
 *
 * @param reader who; sees one thing after the other
 * @param version what, with {@link Answer#NOT_KNOWN} as the revision of nothing
 * @param at when it had come
 */
public record Sighting(String reader, Version version, long at) {

	public boolean isOfNothing() {
		return this.version.value() == Attempt.ABSENT;
	}

}
