package io.meshup.registry.history.operation;

/**
 * One entry of a rule's history, as the registry tells it in the end.
 *
 * @param revision its revision
 * @param value its content, or {@link Attempt#ABSENT} where the rule was deleted
 */
public record Version(long revision, int value) {

	/**
	 * What a reader sees where there is no rule.
	 */
	public static final Version NOTHING = new Version(Answer.NOT_KNOWN, Attempt.ABSENT);

}
