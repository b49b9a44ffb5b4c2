package io.meshup.limit;

import java.time.Duration;

import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.meshup.model.rule.Bulkhead;

/**
 * Limits the calls to one service that are under way at a time: Resilience4j's semaphore
 * bulkhead, which never waits here. Thread-safe; a changed limit keeps its calls.
 */
public final class CallLimit {

	private final io.github.resilience4j.bulkhead.Bulkhead bulkhead;

	/**
	 * Makes a limit without calls.
	 * @param service for its own messages
	 * @param rule how many
	 */
	public CallLimit(String service, Bulkhead rule) {
		this.bulkhead = io.github.resilience4j.bulkhead.Bulkhead.of(service, config(rule));
	}

	/**
	 * Takes over a changed rule.
	 * @param rule how many from now on
	 */
	public void change(Bulkhead rule) {
		if (limit() != rule.maxConcurrentCalls()) {
			this.bulkhead.changeConfig(config(rule));
		}
	}

	/**
	 * A call wants to begin.
	 * @return {@code false} when as many are under way as are allowed
	 */
	public boolean tryEnter() {
		return this.bulkhead.tryAcquirePermission();
	}

	/**
	 * A call that entered is over.
	 */
	public void leave() {
		this.bulkhead.releasePermission();
	}

	/**
	 * The present limit.
	 * @return at least 1
	 */
	public int limit() {
		return this.bulkhead.getBulkheadConfig().getMaxConcurrentCalls();
	}

	private static BulkheadConfig config(Bulkhead rule) {
		return BulkheadConfig.custom()
			.maxConcurrentCalls(rule.maxConcurrentCalls())
			.maxWaitDuration(Duration.ZERO)
			.writableStackTraceEnabled(false)
			.build();
	}

}
