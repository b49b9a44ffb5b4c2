package io.meshup.traffic;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import io.meshup.traffic.table.NanoClock;

/**
 * Time that passes when a test says so. Begins just below the overflow of a long, where a
 * machine's own nano clock may be too.
 */
public final class ManualClock implements NanoClock {

	private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1_500_000_000L);

	@Override
	public long nanoTime() {
		return this.now.get();
	}

	/**
	 * Lets time pass.
	 * @param duration how much
	 */
	public void advance(Duration duration) {
		this.now.addAndGet(duration.toNanos());
	}

	/**
	 * Lets time pass.
	 * @param millis how much
	 */
	public void advanceMillis(long millis) {
		advance(Duration.ofMillis(millis));
	}

}
