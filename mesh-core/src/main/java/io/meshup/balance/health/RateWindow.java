package io.meshup.balance.health;

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

	// The numbers of intervals begin anew after so many.
	private static final long NUMBER_MASK = (1L << (Long.SIZE - 2 * COUNT_BITS)) - 1;

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
			long age = age(slot, number);
			long count = slot >>> COUNT_BITS & COUNT_MASK;
			if ((age > NUMBER_MASK - SLOTS && count > 0) || (age == 0 && count == COUNT_MASK)) {
				return;
			}
			long base = (age == 0) ? slot : number << (2 * COUNT_BITS);
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
			if (age(slot, number) < SLOTS) {
				all += slot >>> COUNT_BITS & COUNT_MASK;
				errors += slot & COUNT_MASK;
			}
		}
		return (all < MINIMUM) ? 100 : (all - errors) * 100.0 / all;
	}

	private long number(long now) {
		return Math.max(0, now - this.origin) / this.interval;
	}

	// How many intervals ago a slot was begun; all but the largest for one that is ahead.
	private static long age(long slot, long number) {
		return (number - (slot >>> (2 * COUNT_BITS))) & NUMBER_MASK;
	}

}
