package io.meshup.balance;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Draws two different members by weight and takes the less busy one. The first draw wins
 * a tie, so that idle instances share by weight exactly. Immutable.
 */
final class WeightedDraw {

	private final Member[] members;

	// Sums of weights up to and including each member.
	private final long[] sums;

	WeightedDraw(List<Member> candidates) {
		List<Member> weighted = candidates.stream().filter((member) -> member.weight() > 0).toList();
		boolean weightless = weighted.isEmpty();
		this.members = (weightless ? candidates : weighted).toArray(Member[]::new);
		this.sums = new long[this.members.length];
		long sum = 0;
		for (int i = 0; i < this.sums.length; i++) {
			sum += weightless ? 1 : this.members[i].weight();
			this.sums[i] = sum;
		}
	}

	boolean isEmpty() {
		return this.members.length == 0;
	}

	Member lessBusyOfTwo(RandomGenerator random) {
		int last = this.members.length - 1;
		if (last == 0) {
			return this.members[0];
		}
		long total = this.sums[last];
		int first = indexOf(random.nextLong(total));
		long before = (first > 0) ? this.sums[first - 1] : 0;
		long firstWeight = this.sums[first] - before;
		long point = random.nextLong(total - firstWeight);
		int second = indexOf((point < before) ? point : point + firstWeight);
		Member one = this.members[first];
		Member other = this.members[second];
		return one.isBusierThan(other) ? other : one;
	}

	private int indexOf(long point) {
		int found = Arrays.binarySearch(this.sums, point);
		return (found >= 0) ? found + 1 : -found - 1;
	}

}
