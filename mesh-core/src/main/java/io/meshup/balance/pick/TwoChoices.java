package io.meshup.balance.pick;

import java.util.random.RandomGenerator;

import io.meshup.balance.health.Member;

/**
 * Takes the less busy of two different members that are drawn by weight. The first draw
 * wins a tie, so that idle instances share by weight exactly. One that warms up is only
 * ever the first draw: as the second its few requests would win it more than its part.
 */
final class TwoChoices implements Picker {

	private static final int TRIES = 4;

	private final WeightedDraw draw;

	private final Load load;

	TwoChoices(WeightedDraw draw, Load load) {
		this.draw = draw;
		this.load = load;
	}

	@Override
	public Member pick(long hash, long now, RandomGenerator random) {
		if (!this.draw.isWarm(now)) {
			return warming(now, random);
		}
		int first = this.draw.index(random);
		Member one = this.draw.member(first);
		Member other = this.draw.member(this.draw.indexBeside(first, random));
		return (this.load.of(one, 1, now) > this.load.of(other, 1, now)) ? other : one;
	}

	private Member warming(long now, RandomGenerator random) {
		int first = this.draw.warmIndex(now, random);
		double warmth = this.draw.warmth(first, now);
		Member one = this.draw.member(first);
		for (int i = 0; i < TRIES; i++) {
			int second = this.draw.indexBeside(first, random);
			double otherWarmth = this.draw.warmth(second, now);
			if (otherWarmth >= warmth) {
				Member other = this.draw.member(second);
				return (this.load.of(one, warmth, now) > this.load.of(other, otherWarmth, now)) ? other : one;
			}
		}
		return one;
	}

}
