package io.meshup.limit;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;

import io.meshup.model.rule.policy.RetryBudget;

/**
 * Counts the calls and retries of one service over the last ten seconds and says whether
 * one more retry is within the budget. In each second {@code minPerSecond} retries are
 * free; beyond these, retries may be {@code percent} of the calls of the last ten
 * seconds. Thread-safe without locks; its counts survive a change of the rule.
 */
public final class Budget {

	private static final int SECONDS = 10;

	private static final int SLOTS = SECONDS + 1;

	private static final long COUNT_MASK = (1L << 32) - 1;

	private final AtomicLongArray calls = new AtomicLongArray(SLOTS);

	private final AtomicLongArray free = new AtomicLongArray(SLOTS);

	private final AtomicLongArray paid = new AtomicLongArray(SLOTS);

	private final long origin;

	/**
	 * Makes an empty budget.
	 * @param now the present in nanoseconds
	 */
	public Budget(long now) {
		this.origin = now;
	}

	/**
	 * A call begins.
	 * @param now the present in nanoseconds
	 */
	public void onCall(long now) {
		add(this.calls, second(now), 1, Long.MAX_VALUE);
	}

	/**
	 * Takes one retry out of the budget.
	 * @param rule what is allowed
	 * @param now the present in nanoseconds
	 * @return {@code false} when the budget is spent
	 */
	public boolean tryRetry(RetryBudget rule, long now) {
		long second = second(now);
		if (add(this.free, second, 1, rule.minPerSecond())) {
			return true;
		}
		add(this.paid, second, 1, Long.MAX_VALUE);
		if (sum(this.paid, second) * 100 <= sum(this.calls, second) * rule.percent()) {
			return true;
		}
		add(this.paid, second, -1, Long.MAX_VALUE);
		return false;
	}

	// Seconds from 1, so that the zeroes of a new array belong to no second.
	private long second(long now) {
		return TimeUnit.NANOSECONDS.toSeconds(now - this.origin) + 1;
	}

	// A slot holds its second in the upper and its count in the lower half.
	private static boolean add(AtomicLongArray slots, long second, int amount, long max) {
		int index = (int) (second % SLOTS);
		while (true) {
			long slot = slots.get(index);
			long count = (slot >>> 32 == second) ? slot & COUNT_MASK : 0;
			if (slot >>> 32 > second || count + amount < 0) {
				return true;
			}
			if (count + amount > max) {
				return false;
			}
			if (slots.compareAndSet(index, slot, (second << 32) | (count + amount))) {
				return true;
			}
		}
	}

	private static long sum(AtomicLongArray slots, long second) {
		long sum = 0;
		for (int i = 0; i < SLOTS; i++) {
			long slot = slots.get(i);
			long age = second - (slot >>> 32);
			sum += (age >= 0 && age < SECONDS) ? slot & COUNT_MASK : 0;
		}
		return sum;
	}

}
