package io.meshup.spring.contract;

import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Threads that make one call after the other and never repeat one.
 */
final class Callers implements AutoCloseable {

	private static final long PAUSE_NANOS = 4_000_000;

	private final ExecutorService pool;

	private final AtomicLong calls = new AtomicLong();

	private final Map<String, Integer> failures = new ConcurrentHashMap<>();

	private volatile boolean done;

	private Callers(int threads, Callable<Answer> call) {
		this.pool = Executors.newFixedThreadPool(threads);
		for (int i = 0; i < threads; i++) {
			this.pool.execute(() -> repeat(call));
		}
	}

	static Callers start(int threads, Callable<Answer> call) {
		return new Callers(threads, call);
	}

	private void repeat(Callable<Answer> call) {
		while (!this.done) {
			try {
				Answer answer = call.call();
				if (answer.status() >= 400) {
					fail(answer.status() + " " + answer.body());
				}
			}
			catch (Exception ex) {
				fail(String.valueOf(ex));
			}
			this.calls.incrementAndGet();
			LockSupport.parkNanos(PAUSE_NANOS);
		}
	}

	private void fail(String reason) {
		this.failures.merge(reason, 1, Integer::sum);
	}

	long calls() {
		return this.calls.get();
	}

	/**
	 * What failed so far, by reason.
	 */
	Map<String, Integer> failures() {
		return Map.copyOf(this.failures);
	}

	/**
	 * Ends after the calls that are under way.
	 */
	Callers finish() throws InterruptedException {
		this.done = true;
		this.pool.shutdown();
		if (!this.pool.awaitTermination(30, TimeUnit.SECONDS)) {
			fail("still under way after 30 s");
		}
		return this;
	}

	@Override
	public void close() {
		this.done = true;
		this.pool.shutdownNow();
	}

}
