package io.meshup.control;

import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.time.Duration;
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
 * Makes the client's threads, daemons with names that begin with {@code mesh-}, and the
 * HTTP clients that run on them.
 */
final class Threads {

	private static final Duration CONNECT_LIMIT = Duration.ofSeconds(2);

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

	/**
	 * A client for calls of the registry: directly, and never elsewhere than asked.
	 * @param workers its threads
	 * @return a client of its own
	 */
	static HttpClient http(ExecutorService workers) {
		return HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_1_1)
			.followRedirects(HttpClient.Redirect.NEVER)
			.proxy(ProxySelector.of(null))
			.connectTimeout(CONNECT_LIMIT)
			.executor(workers)
			.build();
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
