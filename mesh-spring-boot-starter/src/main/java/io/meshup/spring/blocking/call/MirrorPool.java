package io.meshup.spring.blocking.call;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.meshup.traffic.step.Step;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the copies of requests beside the calls themselves: a few threads that end when
 * idle, a bounded queue, and what does not fit is dropped. Thread-safe.
 */
final class MirrorPool implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(MirrorPool.class);

	private static final int THREADS = 4;

	private static final int QUEUED = 1_000;

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private final ThreadPoolExecutor executor;

	private final DeadlineTimer timer;

	MirrorPool(DeadlineTimer timer) {
		this.timer = timer;
		this.executor = new ThreadPoolExecutor(THREADS, THREADS, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(QUEUED),
				(task) -> {
					Thread thread = new Thread(task, "mesh-mirrors");
					thread.setDaemon(true);
					return thread;
				}, new ThreadPoolExecutor.DiscardPolicy());
		this.executor.allowCoreThreadTimeOut(true);
	}

	/**
	 * Sends copies of a request whose first attempt is over, unless its body is gone.
	 * @param exchange the request
	 * @param mirrors where to
	 */
	void send(Exchange<?> exchange, List<Step.Mirror> mirrors) {
		if (!mirrors.isEmpty() && exchange.request().isReplayable()) {
			mirrors.forEach((mirror) -> this.executor.execute(() -> send(exchange, mirror)));
		}
	}

	private void send(Exchange<?> exchange, Step.Mirror mirror) {
		Deadline deadline = this.timer.start(TIMEOUT);
		try {
			exchange.mirror(mirror);
		}
		catch (IOException | RuntimeException ex) {
			logger.debug("A copy for '{}' failed", mirror.service(), ex);
		}
		finally {
			deadline.stop();
		}
	}

	@Override
	public void close() {
		this.executor.shutdownNow();
	}

}
