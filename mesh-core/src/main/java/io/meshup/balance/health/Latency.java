package io.meshup.balance.health;

import java.time.Duration;

/**
 * A moving average of latencies that follows a peak at once and forgets with time
 * (Finagle's and Linkerd's peak EWMA). Held in one number, so that an exchange needs no
 * object: the average in nanoseconds as a float above, its moment in ticks of about a
 * millisecond below.
 */
final class Latency {

	private static final float INITIAL_NANOS = Duration.ofMillis(30).toNanos();

	private static final int TICK_BITS = 20;

	private static final double DECAY_TICKS = Duration.ofSeconds(10).toNanos() >> TICK_BITS;

	private Latency() {
	}

	static long initial(long now) {
		return packed(INITIAL_NANOS, now);
	}

	// Without answers it fades, so that a slow instance is tried again.
	static double at(long seen, long now) {
		return average(seen) * fading(seen, now);
	}

	static long observed(long seen, long nanos, long now) {
		float average = average(seen);
		if (nanos > average) {
			return packed(nanos, now);
		}
		double rest = fading(seen, now);
		return (rest == 1) ? seen : packed((float) (average * rest + nanos * (1 - rest)), now);
	}

	// It raises but never lowers: to fail fast is not to be fast.
	static long raised(long seen, long nanos, long now) {
		return packed(Math.max(average(seen), nanos), now);
	}

	private static double fading(long seen, long now) {
		int ticks = (int) (now >> TICK_BITS) - (int) seen;
		return (ticks <= 0) ? 1 : Math.exp(-ticks / DECAY_TICKS);
	}

	private static float average(long seen) {
		return Float.intBitsToFloat((int) (seen >>> 32));
	}

	private static long packed(float average, long now) {
		return ((long) Float.floatToRawIntBits(average) << 32) | ((now >> TICK_BITS) & 0xffffffffL);
	}

}
