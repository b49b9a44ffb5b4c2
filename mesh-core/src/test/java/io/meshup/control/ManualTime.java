package io.meshup.control;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Time that stands still until a test moves it.
 */
final class ManualTime {

	private final AtomicLong nanos = new AtomicLong(-5_000_000_000L);

	Timing timing() {
		return new Timing(this.nanos::get, new ScheduledThreadPoolExecutor(0), new Random(7));
	}

	void advance(Duration by) {
		this.nanos.addAndGet(by.toNanos());
	}

}
