package io.meshup.balance.pick;

import io.meshup.balance.health.Member;

/**
 * How busy an instance is, for a comparison of two.
 */
enum Load {

	/**
	 * Requests in flight, relative to the weight.
	 */
	REQUESTS {
		@Override
		double of(Member member, double warmth, long now) {
			return member.health().inFlight() / (member.share() * warmth);
		}
	},

	/**
	 * The time that one more request is likely to take: the latency times what is in
	 * flight, relative to the weight. Idle ones compare by latency alone, so that a
	 * weight does not count twice.
	 */
	LATENCY {
		@Override
		double of(Member member, double warmth, long now) {
			return member.health().latency(now) * (1 + REQUESTS.of(member, warmth, now) * USUAL_WEIGHT);
		}
	};

	private static final double USUAL_WEIGHT = 100;

	abstract double of(Member member, double warmth, long now);

}
