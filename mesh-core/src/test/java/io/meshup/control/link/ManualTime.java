package io.meshup.control.link;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Time that stands still until a test moves it.
 */
public final class ManualTime {

	private final AtomicLong nanos = new AtomicLong(-5_000_000_000L);

	public Timing timing() {
		return new Timing(this.nanos::get, new ScheduledThreadPoolExecutor(0), new Random(7));
	}

	public void advance(Duration by) {
		this.nanos.addAndGet(by.toNanos());
	}

}
