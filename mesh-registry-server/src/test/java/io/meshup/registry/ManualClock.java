package io.meshup.registry;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * A nano clock that stands still until it is moved.
 */
public final class ManualClock implements LongSupplier {

	private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5_000_000_000L);

	/**
	 * Moves the clock.
	 * @param duration how far
	 */
	public void advance(Duration duration) {
		this.nanos.addAndGet(duration.toNanos());
	}

	@Override
	public long getAsLong() {
		return this.nanos.get();
	}

}
