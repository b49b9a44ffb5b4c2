package io.meshup.balance;

import java.util.ArrayList;
import java.util.List;

/**
 * What the next attempt of a call must not choose: instances that it has tried, versions
 * whose breaker refused. Belongs to one call; not thread-safe.
 */
public final class Tried {

	private List<InstanceHealth> instances = List.of();

	private List<String> refused = List.of();

	/**
	 * An instance was tried.
	 * @param member the instance
	 */
	public void add(Member member) {
		this.instances = with(this.instances, member.health());
	}

	/**
	 * A group's breaker refused.
	 * @param service the service
	 * @param group the group
	 */
	public void refuse(String service, String group) {
		this.refused = with(this.refused, service + '/' + group);
	}

	/**
	 * Breakers are asked again at each attempt.
	 */
	public void clearRefused() {
		this.refused = List.of();
	}

	/**
	 * No instance is left that was not tried: all but the last one may be tried again.
	 */
	public void keepLast() {
		if (this.instances.size() > 1) {
			this.instances = List.of(this.instances.get(this.instances.size() - 1));
		}
	}

	/**
	 * Only the last one is left: it may be tried again.
	 */
	public void clear() {
		this.instances = List.of();
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
