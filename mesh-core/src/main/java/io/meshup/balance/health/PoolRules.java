package io.meshup.balance.health;

import io.meshup.model.rule.TrafficPolicy;
import io.meshup.model.rule.policy.Algorithm;

/**
 * What a pool goes by when it chooses.
 *
 * @param algorithm how one of several is picked
 * @param warmUpNanos until a new instance has its whole weight
 * @param leastWarmth the part of its weight that it has at once, 0 to 1
 * @param zone whose instances come first, empty for none
 * @param failoverBelowPercent below this share of usable instances in the zone others are
 * called too
 * @param panicPercent below this share of instances that are not ejected all are used
 */
public record PoolRules(Algorithm algorithm, long warmUpNanos, double leastWarmth, String zone,
		int failoverBelowPercent, int panicPercent) {

	/**
	 * Takes what concerns the choice out of a policy.
	 * @param policy the policy
	 * @param zone where this process runs, empty when it does not know
	 * @return the rules
	 */
	public static PoolRules of(TrafficPolicy policy, String zone) {
		return new PoolRules(policy.loadBalancer().algorithm(), policy.warmUp().duration().toNanos(),
				policy.warmUp().minPercent() / 100.0, policy.locality().preferSameZone() ? zone : "",
				policy.locality().failoverBelowPercent(), policy.panicThresholdPercent());
	}

	public double warmth(Member member, long now) {
		return member.health().warmth(this, now);
	}

}
