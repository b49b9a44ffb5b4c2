package io.meshup.registry.watch.push;

import java.util.concurrent.TimeUnit;

/**
 * How soon the next push may follow. A change goes out at once, unless others went out
 * just before: then those of 10 ms are taken together, or of 20 ms where several services
 * had changed. What brings only more instances is held back, for 2 s at most, while
 * pushes would keep half of a processor busy, and in a storm, as when thousands join, a
 * quarter: beats and new lines come first then. Not thread-safe.
 */
final class PushPace {

	/** More events than these in one push are a storm. */
	static final int STORM = 5_000;

	/** What else has changed never waits for longer. */
	static final long MOST_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

	private static final long LEAST_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

	private static final long MAX_HELD_NANOS = TimeUnit.SECONDS.toNanos(2);

	private static final long EVENT_NANOS = TimeUnit.MICROSECONDS.toNanos(20);

	private static final long STORM_EVENT_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

	private long nextNanos;

	private long busyNanos;

	PushPace(long nanos) {
		this.nextNanos = nanos;
		this.busyNanos = nanos;
	}

	/**
	 * How long the next push has to wait.
	 * @param nanos now
	 * @return nanoseconds, 0 or less when it may be made
	 */
	long left(long nanos) {
		return this.nextNanos - nanos;
	}

	/**
	 * Whether a push may tell of instances that came in addition, too.
	 * @param nanos now
	 * @return {@code false} while there is more to do than that
	 */
	boolean isCalm(long nanos) {
		return this.busyNanos - nanos <= MOST_NANOS;
	}

	/**
	 * A push was made.
	 * @param nanos now
	 * @param services how many services had changed
	 * @param events how many events watchers will get, what is sent as one counted once
	 */
	void pushed(long nanos, int services, int events) {
		this.nextNanos = nanos + ((services > 1) ? MOST_NANOS : LEAST_NANOS);
		long cost = events * ((events > STORM) ? STORM_EVENT_NANOS : EVENT_NANOS);
		this.busyNanos = Math.min(Math.max(nanos, this.busyNanos) + cost, nanos + MAX_HELD_NANOS);
	}

}
