package io.meshup.balance.health;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.meshup.model.Instance;
import io.meshup.model.InstanceStatus;
import io.meshup.model.rule.policy.OutlierDetection;
import org.jspecify.annotations.Nullable;

/**
 * What this process has seen of all instances of one service, and which of them are left
 * out. {@link #members} and {@link #expectLatecomers} have one writer; everything else
 * may be called by any thread and takes no lock.
 */
public final class ServiceHealth {

	private final AtomicBoolean ejecting = new AtomicBoolean();

	// Grows with every change that a choice depends on.
	private final AtomicInteger epoch = new AtomicInteger();

	private volatile List<Member> current = List.of();

	private boolean latecomers = true;

	/**
	 * Takes over a new list of instances. One with the same id at the same address keeps
	 * its statistics; one that was not there or not up before begins to warm up.
	 * @param instances all that are listed
	 * @param now the present in nanoseconds
	 * @return the same instances with their statistics
	 */
	public List<Member> members(List<Instance> instances, long now) {
		Map<String, Member> known = new HashMap<>();
		this.current.forEach((member) -> known.put(key(member.instance()), member));
		boolean warming = !this.latecomers;
		List<Member> members = instances.stream().map((instance) -> {
			Member before = known.get(key(instance));
			Member member = new Member(instance, (before != null) ? before.health() : new InstanceHealth(now));
			if (warming && member.isUp() && !isServing(before)) {
				member.health().onNew(now);
			}
			return member;
		}).toList();
		this.latecomers &= instances.isEmpty();
		this.current = members;
		return members;
	}

	/**
	 * The next list may show for the first time what has been there for long: nobody in
	 * it is new.
	 */
	public void expectLatecomers() {
		this.latecomers = true;
	}

	/**
	 * An instance answered well.
	 * @param health of the instance
	 * @param rule what is counted
	 * @param now the present in nanoseconds
	 * @return whether it had been left out and is back with this
	 */
	public boolean onSuccess(InstanceHealth health, OutlierDetection rule, long now) {
		health.count(false, rule, now);
		Standing before = health.onSuccess(now);
		if (!before.isOut()) {
			return false;
		}
		boolean returned = !health.isOut();
		if (returned) {
			health.onNew(now);
		}
		if (returned || before.refused()) {
			this.epoch.incrementAndGet();
		}
		return returned;
	}

	/**
	 * An instance failed after a connection was made.
	 * @param health of the instance
	 * @param rule when to eject
	 * @param sent when the request was sent, in nanoseconds
	 * @param now the present in nanoseconds
	 * @return whether it is ejected by this, or back because it took a connection
	 */
	public Verdict onError(InstanceHealth health, OutlierDetection rule, long sent, long now) {
		health.count(true, rule, now);
		Standing before = health.onError(rule, sent, now);
		if (before.isOut() && !before.isNews(sent, now)) {
			return Verdict.NONE;
		}
		if (before.isOut()) {
			this.epoch.incrementAndGet();
		}
		if (before.ejected()) {
			return Verdict.ejected("the probe failed");
		}
		String reason = outlier(health, before.errors() + 1, rule, now);
		if (reason != null || !before.isOut()) {
			return Verdict.ejected(reason);
		}
		health.onNew(now);
		return Verdict.RETURNED;
	}

	/**
	 * An instance refused a connection: it is left out at once, however many others are.
	 * @param health of the instance
	 * @param rule what is counted
	 * @param now the present in nanoseconds
	 * @return why it is left out by this, or {@code null} when it was already
	 */
	public @Nullable String onRefused(InstanceHealth health, OutlierDetection rule, long now) {
		health.count(true, rule, now);
		Standing before = health.refuse(now);
		if (before.refused() && !before.isOnTrial(now)) {
			return null;
		}
		this.epoch.incrementAndGet();
		String outlier = before.isOut() ? null : outlier(health, 0, rule, now);
		return (outlier != null) ? outlier : "no connection";
	}

	/**
	 * An attempt came to nothing that could be judged: another one may probe if it did.
	 * @param health of the instance
	 * @param sent when it was chosen, in nanoseconds
	 * @param now the present in nanoseconds
	 */
	public void onUnjudged(InstanceHealth health, long sent, long now) {
		if (health.giveBackProbe(sent, now)) {
			this.epoch.incrementAndGet();
		}
	}

	/**
	 * The instances that are left out, until one good answer brings each of them back.
	 * @return as they were last published
	 */
	public List<Instance> ejected() {
		return this.current.stream().filter((member) -> member.health().isOut()).map(Member::instance).toList();
	}

	/**
	 * The instances that do not have their whole weight yet.
	 * @param rules how long that takes
	 * @param now the present in nanoseconds
	 * @return as they were last published
	 */
	public List<Instance> warming(PoolRules rules, long now) {
		return this.current.stream()
			.filter((member) -> member.isUp() && rules.warmth(member, now) < 1)
			.map(Member::instance)
			.toList();
	}

	/**
	 * How every listed instance stands, for people.
	 * @param rules how long a new one warms up
	 * @param now the present in nanoseconds
	 * @return in the order of the list
	 */
	public List<Condition> conditions(PoolRules rules, long now) {
		return this.current.stream().map((member) -> Condition.of(member, rules, now)).toList();
	}

	/**
	 * Requests that are not over, at all instances that are listed.
	 * @return their number
	 */
	public int inFlight() {
		return this.current.stream().mapToInt((member) -> member.health().inFlight()).sum();
	}

	/**
	 * The draining instances that were chosen for requests which they have not begun to
	 * answer.
	 * @return their ids, in the order of the list
	 */
	public List<String> busy() {
		return this.current.stream()
			.filter((member) -> member.isDraining() && member.health().unanswered() > 0)
			.map((member) -> member.instance().id())
			.toList();
	}

	/**
	 * Whether an instance has begun to leave since a choice was made.
	 * @param chosen the instance as it was when it was chosen
	 * @return {@code true} when it was not draining then and is now
	 */
	public boolean isLeaving(Member chosen) {
		return !chosen.isDraining() && this.current.stream()
			.anyMatch((member) -> member.isDraining() && member.health().equals(chosen.health()));
	}

	public int epoch() {
		return this.epoch.get();
	}

	// Returns the one that the caller's request is to probe.
	public @Nullable Member probe(Member[] members, long now) {
		for (Member member : members) {
			if (member.isUp() && member.health().isDue(now) && member.health().tryProbe(now)) {
				this.epoch.incrementAndGet();
				return member;
			}
		}
		return null;
	}

	// Ejects it where the rule says so; returns why.
	private @Nullable String outlier(InstanceHealth health, int errors, OutlierDetection rule, long now) {
		if (errors >= rule.consecutiveErrors()) {
			return eject(health, rule, now) ? rule.consecutiveErrors() + " errors in a row" : null;
		}
		if (rule.successRateBelow() == 0) {
			return null;
		}
		double rate = health.successRate(now);
		return (rate < rule.successRateBelow() && eject(health, rule, now))
				? "a success rate of " + (int) rate + " % over the last ten intervals" : null;
	}

	// One thread at a time, so that the allowed share holds; others wait for the next
	// error.
	private boolean eject(InstanceHealth health, OutlierDetection rule, long now) {
		if (!this.ejecting.compareAndSet(false, true)) {
			return false;
		}
		try {
			int up = 0;
			int out = 0;
			for (Member member : this.current) {
				up += member.isUp() ? 1 : 0;
				out += member.health().isEjected() ? 1 : 0;
			}
			boolean allowed = out == 0 || (out + 1) * 100 <= up * rule.maxEjectionPercent();
			if (!allowed || health.isEjected()) {
				return false;
			}
			health.eject(rule, now);
			this.epoch.incrementAndGet();
			return true;
		}
		finally {
			this.ejecting.set(false);
		}
	}

	// An interrupted line does not make an instance cold.
	private static boolean isServing(@Nullable Member before) {
		return before != null && (before.isUp() || before.instance().status() == InstanceStatus.SUSPECT);
	}

	private static String key(Instance instance) {
		return instance.id() + '@' + instance.authority();
	}

}
