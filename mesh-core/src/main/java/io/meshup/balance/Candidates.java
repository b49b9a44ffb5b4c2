package io.meshup.balance;

import java.util.random.RandomGenerator;

import io.meshup.balance.health.Member;
import io.meshup.balance.health.PoolRules;
import io.meshup.balance.pick.Picker;
import io.meshup.model.StableHash;
import org.jspecify.annotations.Nullable;

/**
 * Who may be picked, until somebody is left out or comes back. Made by a look at all
 * instances; a pick from it looks at two. Thread-safe.
 */
final class Candidates {

	private final int epoch;

	private final long changesAt;

	private final @Nullable Picker near;

	private final @Nullable Picker far;

	private final double nearShare;

	Candidates(Ranking ranking, PoolRules rules, int epoch, long now, RandomGenerator random) {
		Member[] own = ranking.near();
		Member[] others = ranking.far();
		this.epoch = epoch;
		this.changesAt = ranking.changesAt();
		this.nearShare = (own.length == 0) ? 0 : (others.length == 0) ? 1 : ranking.nearShare();
		this.near = (this.nearShare > 0) ? Picker.of(own, rules, now, random) : null;
		this.far = (this.nearShare < 1 && others.length > 0) ? Picker.of(others, rules, now, random) : null;
	}

	boolean isPresent(int present, long now) {
		return this.epoch == present && now - this.changesAt < 0;
	}

	@Nullable Member pick(long hash, long now, RandomGenerator random) {
		Picker picker = this.near;
		if (picker == null || (this.far != null && luck(hash, random) >= this.nearShare)) {
			picker = this.far;
		}
		return (picker != null) ? picker.pick(hash, now, random) : null;
	}

	// The same key stays on the same side.
	private static double luck(long hash, RandomGenerator random) {
		return (hash != 0) ? StableHash.unit(~hash) : random.nextDouble();
	}

}
