package io.meshup.registry.watch.push;

import java.util.concurrent.TimeUnit;

/**
 * How soon the next push may follow. A change goes out at once, unless others went out
 * just before: then those of 10 ms are taken together, of 20 ms where several services
 * had changed, or of as long as the last push keeps half of a processor busy. In a storm
 * of changes, as when thousands join, beats and new lines come first: it is a quarter of
 * a processor then, and 2 s at most. Not thread-safe.
 */
final class PushPace {

	/** More events than these in one push are a storm. */
	static final int STORM = 5_000;

	private static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

	private static final long BUSY_PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

	private static final long MAX_PACE_NANOS = TimeUnit.SECONDS.toNanos(2);

	private static final long EVENT_NANOS = TimeUnit.MICROSECONDS.toNanos(25);

	private static final long STORM_EVENT_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

	private long nextNanos;

	PushPace(long nanos) {
		this.nextNanos = nanos;
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
	 * A push was made.
	 * @param nanos now
	 * @param services how many services had changed
	 * @param events how many events watchers will get, what is sent as one counted once
	 */
	void pushed(long nanos, int services, int events) {
		long least = (services > 1) ? BUSY_PACE_NANOS : PACE_NANOS;
		long cost = events * ((events > STORM) ? STORM_EVENT_NANOS : EVENT_NANOS);
		this.nextNanos = nanos + Math.min(MAX_PACE_NANOS, Math.max(least, cost));
	}

}
