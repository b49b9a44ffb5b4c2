package io.meshup.balance;

import java.util.random.RandomGenerator;

import io.meshup.model.InstanceStatus;
import org.jspecify.annotations.Nullable;

/**
 * Chooses among all members of a pool when some of them are left out or were tried: ranks
 * each once and draws two of the best rank. Lives for one choice.
 */
final class PoolScan {

	private static final byte EXCLUDED = Byte.MAX_VALUE;

	private final Member[] all;

	private final byte[] ranks;

	private byte best = EXCLUDED;

	// Of all members of the best rank; 0 when each counts as one.
	private long weight;

	private int count;

	PoolScan(String service, Member[] all, int panicPercent, Tried tried, long now) {
		this.all = all;
		this.ranks = new byte[all.length];
		int reachable = 0;
		int healthy = 0;
		for (Member member : all) {
			if (member.instance().status() == InstanceStatus.UP && !member.health().isRefused(now)) {
				reachable++;
				healthy += member.health().isEjected(now) ? 0 : 1;
			}
		}
		boolean allRefused = reachable == 0;
		boolean panic = allRefused || healthy * 100 < reachable * panicPercent;
		for (int i = 0; i < all.length; i++) {
			InstanceHealth health = all[i].health();
			boolean inUse = (health.isRefused(now)) ? allRefused : panic || !health.isEjected(now);
			this.ranks[i] = tried.excludes(service, all[i]) ? EXCLUDED : rank(all[i].instance().status(), inUse);
			count(this.ranks[i], all[i].weight());
		}
	}

	@Nullable Member pick(RandomGenerator random) {
		if (this.best == EXCLUDED) {
			return null;
		}
		int first = indexAt(random.nextLong((this.weight > 0) ? this.weight : this.count), -1);
		if (this.count == 1) {
			return this.all[first];
		}
		long rest = (this.weight > 0) ? this.weight - share(first) : this.count - 1;
		int second = indexAt(random.nextLong(rest), first);
		return this.all[first].isBusierThan(this.all[second]) ? this.all[second] : this.all[first];
	}

	private static byte rank(InstanceStatus status, boolean inUse) {
		return switch (status) {
			case UP -> (byte) (inUse ? 0 : 3);
			case SUSPECT -> 1;
			case DOWN, STARTING -> 2;
			case DRAINING -> 4;
		};
	}

	// A member without weight counts only while its rank has none with weight.
	private void count(byte rank, int memberWeight) {
		if (rank > this.best || rank == EXCLUDED || (rank == this.best && this.weight > 0 && memberWeight == 0)) {
			return;
		}
		if (rank < this.best || (this.weight == 0 && memberWeight > 0)) {
			this.weight = 0;
			this.count = 0;
		}
		this.best = rank;
		this.weight += memberWeight;
		this.count++;
	}

	private int indexAt(long drawn, int skipped) {
		long point = drawn;
		int last = -1;
		for (int i = 0; i < this.all.length && point >= 0; i++) {
			if (i != skipped && this.ranks[i] == this.best && share(i) > 0) {
				point -= share(i);
				last = i;
			}
		}
		return last;
	}

	private long share(int index) {
		return (this.weight > 0) ? this.all[index].weight() : 1;
	}

}
