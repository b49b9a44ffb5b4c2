package io.meshup.balance;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts the answers of one instance over the last ten intervals. Thread-safe without
 * locks; an answer that comes as its slot is begun anew may be missed.
 */
final class RateWindow {

	// Fewer say nothing: one error would be a tenth.
	static final int MINIMUM = 10;

	private static final int SLOTS = 10;

	private static final int COUNT_BITS = 20;

	private static final long COUNT_MASK = (1L << COUNT_BITS) - 1;

	private final AtomicLongArray slots = new AtomicLongArray(SLOTS);

	private final long interval;

	private final long origin;

	RateWindow(long interval, long now) {
		this.interval = interval;
		this.origin = now;
	}

	long interval() {
		return this.interval;
	}

	// A slot holds its number, the answers and the errors among them.
	void add(boolean error, long now) {
		long number = number(now);
		int index = (int) (number % SLOTS);
		while (true) {
			long slot = this.slots.get(index);
			long seen = slot >>> (2 * COUNT_BITS);
			if (seen > number || (seen == number && (slot >>> COUNT_BITS & COUNT_MASK) == COUNT_MASK)) {
				return;
			}
			long base = (seen == number) ? slot : number << (2 * COUNT_BITS);
			if (this.slots.compareAndSet(index, slot, base + (1L << COUNT_BITS) + (error ? 1 : 0))) {
				return;
			}
		}
	}

	// Returns the share of good answers in percent, or 100 while there are too few.
	double successRate(long now) {
		long number = number(now);
		long all = 0;
		long errors = 0;
		for (int i = 0; i < SLOTS; i++) {
			long slot = this.slots.get(i);
			long age = number - (slot >>> (2 * COUNT_BITS));
			if (age >= 0 && age < SLOTS) {
				all += slot >>> COUNT_BITS & COUNT_MASK;
				errors += slot & COUNT_MASK;
			}
		}
		return (all < MINIMUM) ? 100 : (all - errors) * 100.0 / all;
	}

	// From 1, so that the zeroes of a new array belong to no interval.
	private long number(long now) {
		return Math.max(0, now - this.origin) / this.interval + 1;
	}

}
