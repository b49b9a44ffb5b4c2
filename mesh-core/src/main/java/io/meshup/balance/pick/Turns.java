package io.meshup.balance.pick;

import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

import io.meshup.balance.health.Member;
import io.meshup.balance.health.PoolRules;

/**
 * Takes members in turn. One of less than the largest weight is passed over in evenly
 * spread rounds, so that weights hold exactly and the heavy ones come in no bursts
 * (gRPC's static stride scheduler): a counter is all there is to share.
 */
final class Turns implements Picker {

	private static final long WHOLE = 65_535;

	private static final int TRIES = 8;

	private final Member[] members;

	private final PoolRules rules;

	private final long[] shares;

	private final AtomicLong turn;

	private final WeightedDraw warm;

	Turns(Member[] members, PoolRules rules, long now, RandomGenerator random) {
		this.members = members;
		this.rules = rules;
		this.warm = new WeightedDraw(members, rules, now);
		this.shares = new long[members.length];
		long most = 1;
		for (Member member : members) {
			most = Math.max(most, member.share());
		}
		for (int i = 0; i < members.length; i++) {
			this.shares[i] = Math.max(1, Math.round((double) members[i].share() * WHOLE / most));
		}
		// So that callers do not march.
		this.turn = new AtomicLong(random.nextInt(1 << 20));
	}

	@Override
	public Member pick(long hash, long now, RandomGenerator random) {
		Member next = next();
		if (!this.warm.isWarm(now)) {
			for (int i = 1; i < TRIES && random.nextDouble() >= this.rules.warmth(next, now); i++) {
				next = next();
			}
		}
		return next;
	}

	private Member next() {
		while (true) {
			long at = this.turn.getAndIncrement();
			int index = (int) (at % this.members.length);
			long round = at / this.members.length;
			long share = this.shares[index];
			long phase = (share * (round % WHOLE) + index * (WHOLE / 2)) % WHOLE;
			if (phase >= WHOLE - share) {
				return this.members[index];
			}
		}
	}

}
