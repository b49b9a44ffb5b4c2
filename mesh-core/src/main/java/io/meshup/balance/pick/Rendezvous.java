package io.meshup.balance.pick;

import java.util.Arrays;
import java.util.Comparator;
import java.util.random.RandomGenerator;

import io.meshup.balance.health.Member;
import io.meshup.model.StableHash;

/**
 * Takes the same member for the same key, from every caller. A weighted rendezvous: a
 * member's score for a key depends on the two and its weight only, so an instance that
 * comes or goes moves no keys but its own. Among equal weights the larger hash has the
 * better score, so a logarithm is taken once for each weight, not for each member.
 */
final class Rendezvous implements Picker {

	private final Member[] members;

	private final long[] seeds;

	private final Picker keyless;

	Rendezvous(Member[] members, Picker keyless) {
		this.members = members.clone();
		this.keyless = keyless;
		Arrays.sort(this.members, Comparator.comparingInt(Member::share));
		this.seeds = new long[members.length];
		for (int i = 0; i < members.length; i++) {
			this.seeds[i] = StableHash.of(this.members[i].instance().id());
		}
	}

	@Override
	public Member pick(long hash, long now, RandomGenerator random) {
		if (hash == 0) {
			return this.keyless.pick(hash, now, random);
		}
		int best = -1;
		double bestScore = Double.POSITIVE_INFINITY;
		for (int from = 0; from < this.members.length;) {
			int share = this.members[from].share();
			int winner = from;
			long most = -1;
			int i = from;
			for (; i < this.members.length && this.members[i].share() == share; i++) {
				long point = StableHash.mix(hash ^ this.seeds[i]) >>> 11;
				if (point > most) {
					most = point;
					winner = i;
				}
			}
			double score = (from == 0 && i == this.members.length) ? 0 : -Math.log((most + 0.5) * 0x1.0p-53) / share;
			if (score < bestScore) {
				best = winner;
				bestScore = score;
			}
			from = i;
		}
		return this.members[best];
	}

}
