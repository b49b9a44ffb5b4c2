package io.meshup.balance;

import java.util.ArrayList;
import java.util.List;

import io.meshup.balance.health.InstanceHealth;
import io.meshup.balance.health.Member;

/**
 * What the next attempt of a call must not choose: instances that it has tried, versions
 * whose breaker refused. Immutable.
 */
public final class Tried {

	/**
	 * Nothing yet: what nearly all calls end with.
	 */
	public static final Tried NONE = new Tried(List.of(), List.of());

	private final List<InstanceHealth> instances;

	private final List<String> refused;

	private Tried(List<InstanceHealth> instances, List<String> refused) {
		this.instances = instances;
		this.refused = refused;
	}

	/**
	 * An instance was tried.
	 * @param member the instance
	 * @return this and the instance
	 */
	public Tried with(Member member) {
		return new Tried(with(this.instances, member.health()), this.refused);
	}

	/**
	 * A group's breaker refused.
	 * @param service the service
	 * @param group the group
	 * @return this and the group
	 */
	public Tried withRefused(String service, String group) {
		return new Tried(this.instances, with(this.refused, service + '/' + group));
	}

	/**
	 * Breakers are asked again at each attempt.
	 * @return this without what was refused
	 */
	public Tried withoutRefused() {
		return this.refused.isEmpty() ? this : new Tried(this.instances, List.of());
	}

	/**
	 * No instance is left that was not tried: all but the last one may be tried again.
	 * @return this with the last one only
	 */
	public Tried last() {
		int size = this.instances.size();
		return (size > 1) ? new Tried(List.of(this.instances.get(size - 1)), this.refused) : this;
	}

	/**
	 * Only the last one is left: it may be tried again.
	 * @return this without instances
	 */
	public Tried withoutInstances() {
		return new Tried(List.of(), this.refused);
	}

	/**
	 * Whether nothing is excluded.
	 * @return {@code true} when every instance may be chosen
	 */
	public boolean isEmpty() {
		return this.instances.isEmpty() && this.refused.isEmpty();
	}

	boolean excludes(String service, Member member) {
		return this.instances.contains(member.health())
				|| (!this.refused.isEmpty() && this.refused.contains(service + '/' + member.group()));
	}

	private static <T> List<T> with(List<T> list, T added) {
		List<T> longer = new ArrayList<>(list);
		longer.add(added);
		return longer;
	}

}
