package io.meshup.model.beat;

import java.util.List;

/**
 * How far a drain has come: which callers have not yet said that they no longer choose
 * the instance and have all answers from it. Immutable.
 *
 * @param revision the revision at which the instance was published as draining; 0 while
 * that is still under way
 * @param awaiting who has not confirmed yet, as {@code service/id}, at most
 * {@link #MAX_LISTED} of them
 * @param remaining how many have not confirmed yet
 * @param busy how many of them no longer choose it and only wait for answers to begin
 * @param done whether nobody is awaited any more
 */
public record DrainProgress(long revision, List<String> awaiting, int remaining, int busy, boolean done) {

	/**
	 * So many names are listed at most, so that an answer to a beat stays small.
	 */
	public static final int MAX_LISTED = 100;

	@SuppressWarnings("ConstantValue")
	public DrainProgress {
		awaiting = (awaiting != null) ? List.copyOf(awaiting) : List.of();
	}

}
