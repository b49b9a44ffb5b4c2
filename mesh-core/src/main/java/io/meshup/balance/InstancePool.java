package io.meshup.balance;

import java.util.List;
import java.util.random.RandomGenerator;

import io.meshup.balance.health.Member;
import io.meshup.balance.health.PoolRules;
import io.meshup.balance.health.ServiceHealth;
import io.meshup.model.InstanceStatus;
import org.jspecify.annotations.Nullable;

/**
 * Instances to choose from: all of a service, or one version's. Who is usable is worked
 * out when somebody is left out or comes back, not at each choice. Thread-safe, without
 * locks.
 */
public final class InstancePool {

	private final String service;

	private final ServiceHealth health;

	private final PoolRules rules;

	private final Member[] all;

	private final boolean live;

	private volatile @Nullable Candidates candidates;

	/**
	 * Makes a pool.
	 * @param service the service
	 * @param members the instances
	 * @param health of the whole service
	 * @param rules how to choose
	 */
	public InstancePool(String service, List<Member> members, ServiceHealth health, PoolRules rules) {
		this.service = service;
		this.health = health;
		this.rules = rules;
		this.all = members.toArray(Member[]::new);
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
	 * Whether an instance can be chosen that is up and did not refuse its last
	 * connection.
	 * @param tried what must not be chosen
	 * @return {@code true} when one is left
	 */
	public boolean hasReachable(Tried tried) {
		for (Member member : this.all) {
			if (member.isUp() && !member.health().isRefused() && !tried.excludes(this.service, member)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Chooses an instance, in this order: up and not left out, those of the own zone
	 * first; all that are up when too few of them are not ejected; suspect; down; those
	 * that are left out; draining. Before all others comes one that was left out and may
	 * be probed.
	 * @param tried what must not be chosen
	 * @param hash of the request's key, 0 without one
	 * @param now the present in nanoseconds
	 * @param random the luck of the draw
	 * @return the instance, or {@code null} when none is left
	 */
	public @Nullable Member pick(Tried tried, long hash, long now, RandomGenerator random) {
		int epoch = this.health.epoch();
		if (!tried.isEmpty()) {
			return look(tried, epoch, now, random).pick(hash, now, random);
		}
		Candidates present = this.candidates;
		if (present == null || !present.isPresent(epoch, now)) {
			Member probed = this.health.probe(this.all, now);
			if (probed != null) {
				return probed;
			}
			present = look(tried, epoch, now, random);
			this.candidates = present;
		}
		return present.pick(hash, now, random);
	}

	/**
	 * Chooses as {@link #pick} does, for a request whose answer nobody judges: it probes
	 * nothing.
	 * @param now the present in nanoseconds
	 * @param random the luck of the draw
	 * @return the instance, or {@code null} when there is none
	 */
	public @Nullable Member pickUnjudged(long now, RandomGenerator random) {
		int epoch = this.health.epoch();
		Candidates present = this.candidates;
		return ((present != null && present.isPresent(epoch, now)) ? present : look(Tried.NONE, epoch, now, random))
			.pick(0, now, random);
	}

	private Candidates look(Tried tried, int epoch, long now, RandomGenerator random) {
		return new Candidates(new Ranking(this.service, this.all, this.rules, tried, now), this.rules, epoch, now,
				random);
	}

	private static boolean isIn(Member member, InstanceStatus status) {
		return member.instance().status() == status;
	}

}
