package io.meshup.balance;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import io.meshup.model.Instance;
import io.meshup.model.InstanceStatus;
import io.meshup.model.rule.OutlierDetection;

/**
 * What this process has seen of all instances of one service, and which of them are left
 * out. {@link #members} has one writer; everything else may be called by any thread and
 * takes no lock.
 */
public final class ServiceHealth {

	private final AtomicBoolean ejecting = new AtomicBoolean();

	private final AtomicLong outUntil;

	private volatile List<Member> current = List.of();

	/**
	 * Makes the health of a service that has not been called yet.
	 * @param now the present in nanoseconds
	 */
	public ServiceHealth(long now) {
		this.outUntil = new AtomicLong(now);
	}

	/**
	 * Takes over a new list of instances. One with the same id at the same address keeps
	 * its statistics.
	 * @param instances all that are listed
	 * @return the same instances with their statistics
	 */
	public List<Member> members(List<Instance> instances) {
		Map<String, InstanceHealth> known = new HashMap<>();
		this.current.forEach((member) -> known.put(key(member.instance()), member.health()));
		List<Member> members = instances.stream()
			.map((instance) -> new Member(instance, known.getOrDefault(key(instance), new InstanceHealth())))
			.toList();
		this.current = members;
		return members;
	}

	/**
	 * An instance answered well.
	 * @param health of the instance
	 * @param now the present in nanoseconds
	 * @return whether it had been left out and is back with this
	 */
	public boolean onSuccess(InstanceHealth health, long now) {
		return health.onSuccess(now);
	}

	/**
	 * An instance failed after a connection was made.
	 * @param health of the instance
	 * @param rule when to eject
	 * @param now the present in nanoseconds
	 * @return whether it is ejected by this
	 */
	public boolean onError(InstanceHealth health, OutlierDetection rule, long now) {
		if (!health.onError(rule, now) || !this.ejecting.compareAndSet(false, true)) {
			return false;
		}
		try {
			return eject(health, rule, now);
		}
		finally {
			this.ejecting.set(false);
		}
	}

	/**
	 * An instance refused a connection: it is left out at once, however many others are.
	 * @param health of the instance
	 * @param now the present in nanoseconds
	 * @return whether it is left out by this
	 */
	public boolean onRefused(InstanceHealth health, long now) {
		long until = health.refuse(now);
		extend(until);
		return until != now;
	}

	/**
	 * The instances that are left out.
	 * @param now the present in nanoseconds
	 * @return as they were last published
	 */
	public List<Instance> ejected(long now) {
		return this.current.stream()
			.filter((member) -> member.health().isEjected(now) || member.health().isRefused(now))
			.map(Member::instance)
			.toList();
	}

	/**
	 * Requests that are not over, at all instances that are listed.
	 * @return their number
	 */
	public int inFlight() {
		return this.current.stream().mapToInt((member) -> member.health().inFlight()).sum();
	}

	// The quick test of the call path: surely nobody is left out.
	boolean isAllIn(long now) {
		return now - this.outUntil.get() >= 0;
	}

	private boolean eject(InstanceHealth health, OutlierDetection rule, long now) {
		int up = 0;
		int out = 0;
		for (Member member : this.current) {
			up += (member.instance().status() == InstanceStatus.UP) ? 1 : 0;
			out += member.health().isEjected(now) ? 1 : 0;
		}
		boolean allowed = out == 0 || (out + 1) * 100 <= up * rule.maxEjectionPercent();
		if (!allowed || health.isEjected(now)) {
			return false;
		}
		extend(health.eject(rule, now));
		return true;
	}

	private void extend(long until) {
		long seen = this.outUntil.get();
		while (until - seen > 0 && !this.outUntil.compareAndSet(seen, until)) {
			seen = this.outUntil.get();
		}
	}

	private static String key(Instance instance) {
		return instance.id() + '@' + instance.authority();
	}

}
