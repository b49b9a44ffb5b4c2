package io.meshup.balance.pick;

import java.util.Arrays;
import java.util.random.RandomGenerator;

import io.meshup.balance.health.Member;
import io.meshup.balance.health.PoolRules;

/**
 * Draws members by weight. While one of them warms up, a drawn one is taken with the part
 * of its weight that it has, else another is drawn: so nothing is computed anew as time
 * goes by. Immutable.
 */
final class WeightedDraw implements Picker {

	// With all of them cold the last one drawn is taken: they are equals.
	private static final int TRIES = 8;

	private final Member[] members;

	private final PoolRules rules;

	// Sums of shares up to and including each member.
	private final long[] sums;

	private final long warmFrom;

	WeightedDraw(Member[] members, PoolRules rules, long now) {
		this.members = members;
		this.rules = rules;
		this.sums = new long[members.length];
		long sum = 0;
		long warm = now;
		for (int i = 0; i < members.length; i++) {
			sum += members[i].share();
			this.sums[i] = sum;
			warm = Math.max(warm - now, members[i].health().warmFrom(rules, now) - now) + now;
		}
		this.warmFrom = warm;
	}

	@Override
	public Member pick(long hash, long now, RandomGenerator random) {
		return this.members[isWarm(now) ? index(random) : warmIndex(now, random)];
	}

	Member member(int index) {
		return this.members[index];
	}

	double warmth(int index, long now) {
		return this.rules.warmth(this.members[index], now);
	}

	// Whether all of them have their whole weight.
	boolean isWarm(long now) {
		return now - this.warmFrom >= 0;
	}

	int index(RandomGenerator random) {
		return indexOf(random.nextLong(this.sums[this.sums.length - 1]));
	}

	int warmIndex(long now, RandomGenerator random) {
		int index = index(random);
		for (int i = 1; i < TRIES && random.nextDouble() >= warmth(index, now); i++) {
			index = index(random);
		}
		return index;
	}

	// Draws among all but one.
	int indexBeside(int taken, RandomGenerator random) {
		long before = (taken > 0) ? this.sums[taken - 1] : 0;
		long share = this.sums[taken] - before;
		long point = random.nextLong(this.sums[this.sums.length - 1] - share);
		return indexOf((point < before) ? point : point + share);
	}

	private int indexOf(long point) {
		int found = Arrays.binarySearch(this.sums, point);
		return (found >= 0) ? found + 1 : -found - 1;
	}

}
