package io.meshup.spring.blocking.call;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The one timer of all deadlines of the blocking clients. Its thread starts with the
 * first deadline. Thread-safe.
 */
final class DeadlineTimer implements AutoCloseable {

	private final ScheduledThreadPoolExecutor executor;

	DeadlineTimer() {
		this.executor = new ScheduledThreadPoolExecutor(1, (task) -> {
			Thread thread = new Thread(task, "mesh-deadlines");
			thread.setDaemon(true);
			return thread;
		}, new ThreadPoolExecutor.DiscardPolicy());
		this.executor.setRemoveOnCancelPolicy(true);
		this.executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
	}

	/**
	 * Watches the calling thread.
	 * @param timeout for how long; zero for no limit
	 * @return to be stopped by the same thread
	 */
	Deadline start(Duration timeout) {
		Deadline deadline = new Deadline();
		if (!timeout.isZero()) {
			deadline.alarm(this.executor.schedule(deadline, timeout.toNanos(), TimeUnit.NANOSECONDS));
		}
		return deadline;
	}

	@Override
	public void close() {
		this.executor.shutdown();
	}

}
