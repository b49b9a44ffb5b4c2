package io.meshup.demo.shopper;

import java.util.concurrent.atomic.LongAdder;

/**
 * Counts how visits ended since it was last read. Thread-safe.
 */
final class Tally {

	private final LongAdder served = new LongAdder();

	private final LongAdder refused = new LongAdder();

	private final LongAdder failed = new LongAdder();

	private final LongAdder leftOut = new LongAdder();

	void answered(int status) {
		if (status >= 500) {
			this.failed.increment();
		}
		else if (status >= 400) {
			this.refused.increment();
		}
		else {
			this.served.increment();
		}
	}

	void failed() {
		this.failed.increment();
	}

	void leftOut() {
		this.leftOut.increment();
	}

	Counts take() {
		return new Counts(this.served.sumThenReset(), this.refused.sumThenReset(), this.failed.sumThenReset(),
				this.leftOut.sumThenReset());
	}

	/**
	 * How visits ended.
	 *
	 * @param served answered as asked
	 * @param refused answered with a reason, such as nothing in stock
	 * @param failed answered 5xx, or not at all
	 * @param leftOut not begun, because too many were under way
	 */
	record Counts(long served, long refused, long failed, long leftOut) {

	}

}
