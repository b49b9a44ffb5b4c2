package io.meshup.registry.watch;

import java.util.concurrent.TimeUnit;

/**
 * How soon the next push may follow. A change goes out at once, unless others went out
 * just before: then those of 10 ms are taken together. Where pushes would take more than
 * a quarter of a processor, as when thousands join, each waits until those before are
 * paid for, at most 2 s: beats and new lines come first. Not thread-safe.
 */
final class PushPace {

	private static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

	private static final long MAX_PACE_NANOS = TimeUnit.SECONDS.toNanos(2);

	/** What may be spent at once after a time of rest. */
	private static final long SAVED_NANOS = TimeUnit.MILLISECONDS.toNanos(150);

	private static final long WATCHER_NANOS = TimeUnit.MICROSECONDS.toNanos(25);

	private static final long EVENT_NANOS = TimeUnit.MICROSECONDS.toNanos(5);

	private static final long SHARE = 4;

	private long pushedNanos;

	private long saved = SAVED_NANOS;

	PushPace(long nanos) {
		this.pushedNanos = nanos - MAX_PACE_NANOS;
	}

	/**
	 * How long the next push has to wait.
	 * @param nanos now
	 * @return nanoseconds, 0 or less when it may be made
	 */
	long left(long nanos) {
		long passed = nanos - this.pushedNanos;
		long debt = (this.saved < 0) ? -this.saved * SHARE : 0;
		return Math.max(PACE_NANOS, Math.min(MAX_PACE_NANOS, debt)) - passed;
	}

	/**
	 * A push was made.
	 * @param nanos now
	 * @param push to whom and how much
	 */
	void pushed(long nanos, Pushed push) {
		long earned = (nanos - this.pushedNanos) / SHARE;
		long before = Math.min(SAVED_NANOS, this.saved + earned);
		this.saved = before - push.watchers() * WATCHER_NANOS - push.events() * EVENT_NANOS;
		this.saved = Math.max(this.saved, -MAX_PACE_NANOS / SHARE);
		this.pushedNanos = nanos;
	}

	/**
	 * What a push was.
	 *
	 * @param watchers to how many it went
	 * @param events how many events these will get
	 */
	record Pushed(int watchers, int events) {
	}

}
