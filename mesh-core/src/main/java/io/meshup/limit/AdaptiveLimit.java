package io.meshup.limit;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many requests may be in work at a time, found from how long they take: Gradient2 of
 * Netflix' concurrency-limits. While requests take as long as they do in the long run the
 * limit grows; when they begin to queue, and take longer, it shrinks. Thread-safe without
 * locks.
 */
public final class AdaptiveLimit {

	private static final double TOLERANCE = 1.5;

	private static final double SMOOTHING = 0.2;

	private static final double QUEUE = 4;

	private static final int LONG_WINDOWS = 600;

	private static final int WARM_UP_WINDOWS = 10;

	private static final int MIN_SAMPLES = 10;

	private static final long WINDOW_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

	private final int min;

	private final int max;

	private final AtomicInteger inFlight = new AtomicInteger();

	private final AtomicInteger peak = new AtomicInteger();

	private final AtomicLong samples = new AtomicLong();

	private final AtomicLong nanos = new AtomicLong();

	private final AtomicLong windowEnds;

	private volatile double limit;

	/** Written by whoever closes a window only. */
	private volatile double longRun;

	private volatile int windows;

	/**
	 * Makes a limit.
	 * @param min the least limit, at least 1; where it begins is 20, or this when it is
	 * more
	 * @param max the largest limit
	 * @param now the present in nanoseconds
	 */
	public AdaptiveLimit(int min, int max, long now) {
		if (min < 1 || max < min) {
			throw new IllegalArgumentException(
					"'min' must be at least 1 and 'max' at least 'min' but were " + min + " and " + max);
		}
		this.min = min;
		this.max = max;
		this.limit = Math.max(min, Math.min(max, 20));
		this.windowEnds = new AtomicLong(now + WINDOW_NANOS);
	}

	/**
	 * A request wants to come in.
	 * @return whether it may; then {@link #release} must follow
	 */
	public boolean tryAcquire() {
		int present = this.inFlight.incrementAndGet();
		if (present > limit()) {
			this.inFlight.decrementAndGet();
			return false;
		}
		if (present > this.peak.get()) {
			this.peak.accumulateAndGet(present, Math::max);
		}
		return true;
	}

	/**
	 * A request was answered.
	 * @param nanos how long that took
	 * @param now the present in nanoseconds
	 */
	public void release(long nanos, long now) {
		this.inFlight.decrementAndGet();
		this.nanos.addAndGet(Math.max(1, nanos));
		long count = this.samples.incrementAndGet();
		long ends = this.windowEnds.get();
		if (now - ends >= 0 && count >= MIN_SAMPLES && this.windowEnds.compareAndSet(ends, now + WINDOW_NANOS)) {
			adapt((double) this.nanos.getAndSet(0) / Math.max(1, this.samples.getAndSet(0)),
					this.peak.getAndSet(this.inFlight.get()));
		}
	}

	/**
	 * A request ended in a way that tells nothing of the load.
	 */
	public void release() {
		this.inFlight.decrementAndGet();
	}

	/**
	 * How many may be in work at present.
	 * @return from the least to the largest limit
	 */
	public int limit() {
		return (int) this.limit;
	}

	private void adapt(double shortRun, int busiest) {
		double average = average(shortRun);
		// After a long overload the long run must come down quickly.
		this.longRun = (average / shortRun > 2) ? average * 0.95 : average;
		double present = this.limit;
		// A limit that nobody reaches says nothing.
		if (busiest < present / 2) {
			return;
		}
		double gradient = Math.max(0.5, Math.min(1, TOLERANCE * average / shortRun));
		double wanted = present * gradient + QUEUE;
		this.limit = Math.max(this.min, Math.min(this.max, present * (1 - SMOOTHING) + wanted * SMOOTHING));
	}

	// The mean of the first windows, then an exponential average over many.
	private double average(double shortRun) {
		int seen = this.windows;
		this.windows = Math.min(seen + 1, WARM_UP_WINDOWS);
		if (seen < WARM_UP_WINDOWS) {
			return (this.longRun * seen + shortRun) / (seen + 1);
		}
		return this.longRun + (shortRun - this.longRun) * 2 / (LONG_WINDOWS + 1);
	}

}
