package io.meshup.balance;

import java.util.List;
import java.util.random.RandomGenerator;

import io.meshup.model.InstanceStatus;
import org.jspecify.annotations.Nullable;

/**
 * Instances to choose from: all of a service, or one version's. Chooses the less busy of
 * two that are drawn by weight. Immutable but for the statistics it reads; while nobody
 * is left out a choice costs two draws, otherwise it looks at every instance.
 */
public final class InstancePool {

	private final String service;

	private final ServiceHealth health;

	private final int panicPercent;

	private final Member[] all;

	private final WeightedDraw up;

	private final boolean live;

	/**
	 * Makes a pool.
	 * @param service the service
	 * @param members the instances
	 * @param health of the whole service
	 * @param panicPercent below this share of instances that are not ejected all are used
	 */
	public InstancePool(String service, List<Member> members, ServiceHealth health, int panicPercent) {
		this.service = service;
		this.health = health;
		this.panicPercent = panicPercent;
		this.all = members.toArray(Member[]::new);
		this.up = new WeightedDraw(members.stream().filter((member) -> isIn(member, InstanceStatus.UP)).toList());
		this.live = members.stream()
			.anyMatch((member) -> isIn(member, InstanceStatus.UP) || isIn(member, InstanceStatus.SUSPECT));
	}

	/**
	 * Whether an instance can be chosen at all.
	 * @param tried what must not be chosen
	 * @return {@code true} when one is left, in whatever state
	 */
	public boolean hasAny(Tried tried) {
		if (tried.isEmpty()) {
			return this.all.length > 0;
		}
		for (Member member : this.all) {
			if (!tried.excludes(this.service, member)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Whether an instance can be chosen that is up, or suspect at worst.
	 * @param tried what must not be chosen
	 * @return {@code true} when one is left
	 */
	public boolean hasLive(Tried tried) {
		if (tried.isEmpty() || !this.live) {
			return this.live;
		}
		for (Member member : this.all) {
			if ((isIn(member, InstanceStatus.UP) || isIn(member, InstanceStatus.SUSPECT))
					&& !tried.excludes(this.service, member)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Chooses an instance, in this order: up and not left out; all that are up when too
	 * few of them are not ejected; suspect; down; those that are left out; draining.
	 * @param tried what must not be chosen
	 * @param now the present in nanoseconds
	 * @param random the luck of the draw
	 * @return the instance, or {@code null} when none is left
	 */
	public @Nullable Member pick(Tried tried, long now, RandomGenerator random) {
		if (!this.up.isEmpty() && tried.isEmpty() && this.health.isAllIn(now)) {
			return this.up.lessBusyOfTwo(random);
		}
		return new PoolScan(this.service, this.all, this.panicPercent, tried, now).pick(random);
	}

	private static boolean isIn(Member member, InstanceStatus status) {
		return member.instance().status() == status;
	}

}
