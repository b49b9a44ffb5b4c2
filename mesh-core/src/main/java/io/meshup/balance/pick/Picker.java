package io.meshup.balance.pick;

import java.util.random.RandomGenerator;

import io.meshup.balance.health.Member;
import io.meshup.balance.health.PoolRules;

/**
 * Picks one of some usable instances. Thread-safe.
 */
public interface Picker {

	/**
	 * Picks.
	 * @param hash of the request's key, 0 without one
	 * @param now the present in nanoseconds
	 * @param random the luck of the draw
	 * @return one of them
	 */
	Member pick(long hash, long now, RandomGenerator random);

	/**
	 * Makes the picker of an algorithm.
	 * @param members at least one
	 * @param rules the algorithm and its settings
	 * @param now the present in nanoseconds
	 * @param random where turns begin
	 * @return a new picker
	 */
	static Picker of(Member[] members, PoolRules rules, long now, RandomGenerator random) {
		if (members.length == 1) {
			return (hash, time, luck) -> members[0];
		}
		return switch (rules.algorithm()) {
			case LEAST_REQUEST -> new TwoChoices(new WeightedDraw(members, rules, now), Load.REQUESTS);
			case PEAK_EWMA -> new TwoChoices(new WeightedDraw(members, rules, now), Load.LATENCY);
			case ROUND_ROBIN -> new Turns(members, rules, now, random);
			case RANDOM -> new WeightedDraw(members, rules, now);
			case RING_HASH ->
				new Rendezvous(members, new TwoChoices(new WeightedDraw(members, rules, now), Load.REQUESTS));
		};
	}

}
