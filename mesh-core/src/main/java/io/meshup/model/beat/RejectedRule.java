package io.meshup.model.beat;

/**
 * A rule that an instance could not use; it goes on with its last good one.
 *
 * @param rule kind and name, for example {@code Route/inventory}
 * @param revision the revision that was refused
 * @param reason what was wrong with it
 */
public record RejectedRule(String rule, long revision, String reason) {
}
