package io.meshup.control;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes the client's threads: daemons with names that begin with {@code mesh-}.
 */
final class Threads {

	private Threads() {
	}

	/**
	 * One timer thread.
	 * @return a scheduler that forgets cancelled tasks
	 */
	static ScheduledExecutorService timer() {
		ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, named("mesh-timer"));
		timer.setRemoveOnCancelPolicy(true);
		timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
		return Executors.unconfigurableScheduledExecutorService(timer);
	}

	/**
	 * Threads for the HTTP clients and for what may take a moment; idle ones end.
	 * @return a pool that drops tasks after its end
	 */
	static ExecutorService workers() {
		return new ThreadPoolExecutor(0, Integer.MAX_VALUE, 5, TimeUnit.SECONDS, new SynchronousQueue<>(),
				named("mesh-control"), new ThreadPoolExecutor.DiscardPolicy());
	}

	private static ThreadFactory named(String name) {
		AtomicInteger count = new AtomicInteger();
		return (task) -> {
			Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
			thread.setDaemon(true);
			return thread;
		};
	}

}
