package io.meshup.registry.lease.table;

import java.util.concurrent.TimeUnit;

/**
 * The times of the contract, all monotonic.
 */
public final class LeaseTimes {

	/** How often the table looks at its leases. */
	public static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

	/** A tick that is later than this means that the registry itself stood still. */
	static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

	/** What is left to an instance whose last line broke. */
	static final long AFTER_BREAK_NANOS = TimeUnit.MILLISECONDS.toNanos(1500);

	/**
	 * What is left to an instance whose node was lost: its client may need 9 s to see
	 * that a node stands still, which answers nothing and closes nothing.
	 */
	static final long AFTER_NODE_LOSS_NANOS = TimeUnit.SECONDS.toNanos(8);

	/** Losses within this time are one loss. */
	static final long LOSS_WINDOW_NANOS = TimeUnit.SECONDS.toNanos(5);

	/** How long a mass loss is held back at most. */
	static final long HOLD_NANOS = TimeUnit.SECONDS.toNanos(60);

	/** For how long after a start a missing instance says nothing. */
	static final long PARTIAL_NANOS = TimeUnit.SECONDS.toNanos(30);

	/** By how much the interval must grow until leases that run are given the same. */
	static final long STRETCH_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

	private static final long MIN_BEAT_NANOS = TimeUnit.SECONDS.toNanos(1);

	private static final long MAX_BEAT_NANOS = TimeUnit.SECONDS.toNanos(5);

	private LeaseTimes() {
	}

	/**
	 * Stretches the interval so that no more than 1,000 beats a second arrive, up to 5 s.
	 * @param instances how many beat
	 * @return the interval
	 */
	static long beatNanos(int instances) {
		return Math.max(MIN_BEAT_NANOS, Math.min(MAX_BEAT_NANOS, TimeUnit.MILLISECONDS.toNanos(instances)));
	}

	/**
	 * How long an instance stays without another sign.
	 * @param beatNanos its interval
	 * @return 3.5 intervals
	 */
	public static long leaseNanos(long beatNanos) {
		return beatNanos * 7 / 2;
	}

}
