package io.meshup.limit;

import java.util.concurrent.atomic.AtomicInteger;

import io.meshup.model.rule.policy.Bulkhead;

/**
 * Limits the calls to one service that are under way at a time and never waits.
 * Thread-safe without locks; a changed limit keeps its calls. A counter of its own,
 * because Resilience4j's bulkhead waits for calls to end when its limit is lowered, and
 * refuses everybody meanwhile.
 */
public final class CallLimit {

	private final AtomicInteger entered = new AtomicInteger();

	private volatile int limit;

	/**
	 * Makes a limit without calls.
	 * @param rule how many
	 */
	public CallLimit(Bulkhead rule) {
		this.limit = rule.maxConcurrentCalls();
	}

	/**
	 * Takes over a changed rule. Calls beyond a lower limit go on; no new one begins
	 * until enough of them have ended.
	 * @param rule how many from now on
	 */
	public void change(Bulkhead rule) {
		this.limit = rule.maxConcurrentCalls();
	}

	/**
	 * A call wants to begin.
	 * @return {@code false} when as many are under way as are allowed
	 */
	public boolean tryEnter() {
		int seen = this.entered.get();
		while (seen < this.limit) {
			if (this.entered.compareAndSet(seen, seen + 1)) {
				return true;
			}
			seen = this.entered.get();
		}
		return false;
	}

	/**
	 * A call that entered is over.
	 */
	public void leave() {
		this.entered.decrementAndGet();
	}

	/**
	 * The present limit.
	 * @return at least 1
	 */
	public int limit() {
		return this.limit;
	}

}
