package io.meshup.balance.health;

import io.meshup.model.Instance;

/**
 * How an instance stands with this process at one moment, for people.
 *
 * @param instance as it was last published
 * @param ejected whether it is left out because of errors
 * @param refused whether it is left out because of a refused connection
 * @param outForMillis until it may be probed; 0 where it is not left out
 * @param warmthPercent the part of its weight that it has
 * @param inFlight this process's requests to it that are not over
 */
public record Condition(Instance instance, boolean ejected, boolean refused, long outForMillis, int warmthPercent,
		int inFlight) {

	static Condition of(Member member, PoolRules rules, long now) {
		Standing standing = member.health().standing();
		long left = standing.isOut() ? Math.max(0, standing.until() - now) : 0;
		return new Condition(member.instance(), standing.ejected(), standing.refused(), left / 1_000_000,
				(int) Math.round(rules.warmth(member, now) * 100), member.health().inFlight());
	}

}
