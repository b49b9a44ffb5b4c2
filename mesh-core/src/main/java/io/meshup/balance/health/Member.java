package io.meshup.balance.health;

import io.meshup.model.Instance;
import io.meshup.model.InstanceStatus;

/**
 * An instance as it was last published, with what this process has seen of it.
 *
 * @param instance the instance
 * @param health survives when the instance is published anew
 */
public record Member(Instance instance, InstanceHealth health) {

	/**
	 * Which instances share its breaker: those of its version, in its lane.
	 * @return the version, or the version and the lane
	 */
	public String group() {
		String lane = this.instance.lane();
		return (lane != null) ? this.instance.version() + '@' + lane : this.instance.version();
	}

	// Those without weight are equals, and never among those with one.
	public int share() {
		return Math.max(1, this.instance.weight());
	}

	boolean isDraining() {
		return this.instance.status() == InstanceStatus.DRAINING;
	}

	public boolean isUp() {
		return this.instance.status() == InstanceStatus.UP;
	}

}
