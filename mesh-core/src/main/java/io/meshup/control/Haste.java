package io.meshup.control;

import java.time.Duration;

/**
 * How soon to beat again. A draining instance waits for each caller that still has
 * requests there without an answer; such a caller beats again soon, later and later when
 * the answers take their time. Thread-safe.
 */
final class Haste {

	static final Duration FIRST_PAUSE = Duration.ofMillis(25);

	private Duration pause = Duration.ZERO;

	/**
	 * A beat was answered.
	 * @param busy whether it named instances that are waiting
	 */
	synchronized void told(boolean busy) {
		if (!busy) {
			this.pause = Duration.ZERO;
		}
		else if (this.pause.isZero()) {
			this.pause = FIRST_PAUSE;
		}
	}

	/**
	 * The time until the next beat.
	 * @param interval the usual one
	 * @return at most the usual one; longer from time to time
	 */
	synchronized Duration next(Duration interval) {
		Duration next = this.pause;
		if (next.isZero() || next.compareTo(interval) >= 0) {
			return interval;
		}
		this.pause = next.multipliedBy(2);
		return next;
	}

}
