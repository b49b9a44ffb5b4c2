package io.meshup.balance;

import java.util.ArrayList;
import java.util.List;

import io.meshup.balance.health.InstanceHealth;
import io.meshup.balance.health.Member;
import io.meshup.balance.health.PoolRules;
import io.meshup.model.Instance;
import io.meshup.model.InstanceStatus;

/**
 * Ranks all members of a pool at one moment and keeps those of the best rank: up and in
 * use; suspect; down; up but left out; draining. Lives for one look.
 */
final class Ranking {

	private static final int DRAINING = 4;

	private static final int EXCLUDED = 5;

	private final List<Member> near = new ArrayList<>();

	private final List<Member> far = new ArrayList<>();

	private final PoolRules rules;

	private int best = EXCLUDED;

	private boolean weighted;

	private int listedNear;

	private int usableNear;

	private long changesAt;

	Ranking(String service, Member[] all, PoolRules rules, Tried tried, long now) {
		this.rules = rules;
		this.changesAt = now + Long.MAX_VALUE;
		int reachable = 0;
		int healthy = 0;
		for (Member member : all) {
			if (member.isUp()) {
				InstanceHealth health = member.health();
				reachable += health.isRefused() ? 0 : 1;
				healthy += health.isOut() ? 0 : 1;
				this.changesAt = now + Math.min(this.changesAt - now, health.changesAt(now) - now);
			}
		}
		boolean allRefused = reachable == 0;
		boolean panic = allRefused || healthy * 100 < reachable * rules.panicPercent();
		for (Member member : all) {
			InstanceHealth health = member.health();
			boolean inUse = health.isRefused() ? allRefused : panic || !health.isOut();
			int rank = rank(member.instance().status(), inUse);
			locate(member.instance(), rank);
			if (!tried.excludes(service, member)) {
				keep(member, rank);
			}
		}
	}

	// Usable instances in the caller's own zone; all where zones do not matter.
	Member[] near() {
		return this.near.toArray(Member[]::new);
	}

	Member[] far() {
		return this.far.toArray(Member[]::new);
	}

	// The part of the calls that stays in the zone when there are instances on both
	// sides.
	double nearShare() {
		boolean enough = this.best > 0 || this.usableNear * 100 >= this.listedNear * this.rules.failoverBelowPercent();
		return enough ? 1 : (double) this.usableNear * 100 / this.listedNear / this.rules.failoverBelowPercent();
	}

	// When the next one is due for its probe.
	long changesAt() {
		return this.changesAt;
	}

	private static int rank(InstanceStatus status, boolean inUse) {
		return switch (status) {
			case UP -> inUse ? 0 : 3;
			case SUSPECT -> 1;
			case DOWN, STARTING -> 2;
			case DRAINING -> DRAINING;
		};
	}

	private boolean isNear(Instance instance) {
		return this.rules.zone().isEmpty() || instance.zone().equals(this.rules.zone());
	}

	// One that is about to come is no loss yet.
	private void locate(Instance instance, int rank) {
		if (instance.status() != InstanceStatus.STARTING && isNear(instance)) {
			this.listedNear++;
			this.usableNear += (rank == 0) ? 1 : 0;
		}
	}

	// A member without weight counts only while its rank has none with weight.
	private void keep(Member member, int rank) {
		boolean weight = member.instance().weight() > 0;
		if (rank > this.best || (rank == this.best && this.weighted && !weight)) {
			return;
		}
		if (rank < this.best || (weight && !this.weighted)) {
			this.near.clear();
			this.far.clear();
			this.weighted = weight;
			this.best = rank;
		}
		(isNear(member.instance()) ? this.near : this.far).add(member);
	}

}
