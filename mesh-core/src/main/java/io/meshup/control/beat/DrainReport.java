package io.meshup.control.beat;

import java.time.Duration;
import java.util.List;

/**
 * How a drain ended. Immutable.
 *
 * @param outcome why the wait is over
 * @param took how long it lasted
 * @param revision the revision that was to be confirmed, or 0 when it is not known
 * @param awaited who was waited for, as {@code service/id}; of very many only some
 * @param silent who has not confirmed; of very many only some
 * @param busy how many of these only wait for answers to begin
 */
public record DrainReport(Outcome outcome, Duration took, long revision, List<String> awaited, List<String> silent,
		int busy) {

	public DrainReport {
		awaited = List.copyOf(awaited);
		silent = List.copyOf(silent);
	}

	/**
	 * Why a wait is over.
	 */
	public enum Outcome {

		/**
		 * Every caller has confirmed.
		 */
		CONFIRMED,

		/**
		 * Somebody has not confirmed in time.
		 */
		TIMED_OUT,

		/**
		 * The registry cannot be reached or refuses the beats, so nobody can be told.
		 */
		NOT_CONNECTED,

		/**
		 * The registry is one that does not tell who is awaited.
		 */
		NOT_SUPPORTED,

		/**
		 * The thread that waited was interrupted.
		 */
		INTERRUPTED

	}

}
