package io.meshup.control.beat;

import java.time.Duration;
import java.util.Collection;
import java.util.Set;

/**
 * How soon to beat again. A draining instance waits for each caller that still has
 * requests there without an answer; such a caller beats again soon, later and later when
 * the answers take their time. Thread-safe.
 */
final class Haste {

	static final Duration FIRST_PAUSE = Duration.ofMillis(25);

	private Duration pause = Duration.ZERO;

	private Set<String> busy = Set.of();

	/**
	 * A beat was answered.
	 * @param waiting the instances that it named as waiting; one more is a reason to make
	 * haste again
	 */
	synchronized void told(Collection<String> waiting) {
		if (waiting.isEmpty()) {
			this.pause = Duration.ZERO;
		}
		else if (!this.busy.containsAll(waiting)) {
			this.pause = FIRST_PAUSE;
		}
		this.busy = Set.copyOf(waiting);
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
