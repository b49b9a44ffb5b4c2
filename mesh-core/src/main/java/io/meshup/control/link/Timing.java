package io.meshup.control.link;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The injected clock, timer and dice of one client.
 *
 * @param clock monotonic nanoseconds
 * @param scheduler runs short tasks only
 * @param random a thread-safe generator
 */
public record Timing(LongSupplier clock, ScheduledExecutorService scheduler, RandomGenerator random) {

	private static final Logger logger = LoggerFactory.getLogger(Timing.class);

	public long now() {
		return this.clock.getAsLong();
	}

	public Duration since(long moment) {
		return Duration.ofNanos(Math.max(0, now() - moment));
	}

	/**
	 * About as long, so that clients which began together do not go on together.
	 * @param whole what it is on average
	 * @return three to five quarters of it, at random
	 */
	public Duration jittered(Duration whole) {
		return Duration.ofNanos((long) (whole.toNanos() * (0.75 + 0.5 * this.random.nextDouble())));
	}

	/**
	 * Runs a task later. After the scheduler's end nothing happens: the client is closed.
	 */
	public Future<?> after(Duration delay, Runnable task) {
		try {
			return this.scheduler.schedule(() -> run(task), Math.max(0, delay.toNanos()), TimeUnit.NANOSECONDS);
		}
		catch (RejectedExecutionException ex) {
			logger.debug("Not scheduled, the client is closed");
			return CompletableFuture.completedFuture(null);
		}
	}

	private static void run(Runnable task) {
		try {
			task.run();
		}
		catch (RuntimeException ex) {
			logger.error("A task of the registry client failed; the client goes on", ex);
		}
	}

}
