package io.meshup.control.beat;

import java.time.Duration;

import io.meshup.control.link.Timing;

/**
 * How often a client goes to another registry because that one is better placed: not
 * again for about half a minute, and ever more rarely while all of them send it away,
 * each client at a time of its own. Thread-safe.
 */
final class Moves {

	static final Duration LEAST_STAY = Duration.ofSeconds(30);

	static final Duration MOST_STAY = Duration.ofMinutes(8);

	private final Timing timing;

	private boolean hasMoved;

	private long movedAt;

	private Duration stay = Duration.ZERO;

	private Duration next = LEAST_STAY;

	Moves(Timing timing) {
		this.timing = timing;
	}

	/**
	 * Asks to move, and counts the move.
	 * @return whether the client may
	 */
	synchronized boolean mayMove() {
		if (this.hasMoved && this.timing.since(this.movedAt).compareTo(this.stay) < 0) {
			return false;
		}
		this.hasMoved = true;
		this.movedAt = this.timing.now();
		this.stay = jittered(this.next);
		Duration twice = this.next.multipliedBy(2);
		this.next = (twice.compareTo(MOST_STAY) < 0) ? twice : MOST_STAY;
		return true;
	}

	/**
	 * The present registry is as good as any.
	 */
	synchronized void settled() {
		this.next = LEAST_STAY;
	}

	private Duration jittered(Duration whole) {
		return Duration.ofNanos((long) (whole.toNanos() * (0.75 + 0.5 * this.timing.random().nextDouble())));
	}

}
