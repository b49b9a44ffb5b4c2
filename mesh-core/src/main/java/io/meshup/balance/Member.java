package io.meshup.balance;

import io.meshup.model.Instance;

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

	int weight() {
		return this.instance.weight();
	}

	// Least requests relative to the weight; a draw goes to this one.
	boolean isBusierThan(Member other) {
		return (long) this.health.inFlight() * other.weight() > (long) other.health.inFlight() * weight();
	}

}
