package io.meshup.control.pulse;

import java.time.Duration;

import io.meshup.control.link.Timing;

/**
 * How often a client goes to another registry though the present one is not lost: not
 * again for a while, and ever more rarely while none of them is good enough, each client
 * at a time of its own. Thread-safe.
 */
public final class Moves {

	static final Duration LEAST_STAY = Duration.ofSeconds(30);

	static final Duration MOST_STAY = Duration.ofMinutes(8);

	static final Duration LEAST_STAY_OF_SILENT = Duration.ofSeconds(2);

	static final Duration MOST_STAY_OF_SILENT = Duration.ofMinutes(1);

	/** Who stayed for so many times as long as it had to has settled. */
	private static final int SETTLED = 4;

	private final Timing timing;

	private final Duration least;

	private final Duration most;

	private boolean hasMoved;

	private long movedAt;

	private Duration stay = Duration.ZERO;

	private Duration next;

	private Moves(Timing timing, Duration least, Duration most) {
		this.timing = timing;
		this.least = least;
		this.most = most;
		this.next = least;
	}

	/**
	 * Where a registry says that another one is better placed.
	 * @param timing the clock
	 * @return about half a minute at first
	 */
	public static Moves ofSentAway(Timing timing) {
		return new Moves(timing, LEAST_STAY, MOST_STAY);
	}

	/**
	 * Where a registry is silent and another one answers.
	 * @param timing the clock
	 * @return two seconds at first: the other one may stand still, too
	 */
	static Moves ofSilent(Timing timing) {
		return new Moves(timing, LEAST_STAY_OF_SILENT, MOST_STAY_OF_SILENT);
	}

	/**
	 * Asks to move, and counts the move.
	 * @return whether the client may
	 */
	public synchronized boolean mayMove() {
		Duration stayed = this.timing.since(this.movedAt);
		if (this.hasMoved && stayed.compareTo(this.stay) < 0) {
			return false;
		}
		if (this.hasMoved && stayed.compareTo(this.stay.multipliedBy(SETTLED)) >= 0) {
			settled();
		}
		this.hasMoved = true;
		this.movedAt = this.timing.now();
		this.stay = this.timing.jittered(this.next);
		Duration twice = this.next.multipliedBy(2);
		this.next = (twice.compareTo(this.most) < 0) ? twice : this.most;
		return true;
	}

	/**
	 * The present registry is as good as any.
	 */
	public synchronized void settled() {
		this.next = this.least;
	}

}
