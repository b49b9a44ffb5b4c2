package io.meshup.traffic.door;

import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What the registry lets this instance have of each mesh-wide limit. Thread-safe.
 */
final class Shares {

	/** Two beats of the slowest pace. */
	static final long VALID_NANOS = TimeUnit.SECONDS.toNanos(10);

	private volatile Granted granted;

	Shares(long now) {
		this.granted = new Granted(Map.of(), now);
	}

	void grant(Map<String, Double> fractions, long now) {
		this.granted = new Granted(Map.copyOf(fractions), now);
	}

	/**
	 * The share of one limit.
	 * @param id the share's name
	 * @param instances how many instances share it
	 * @param now the present
	 * @return the registry's word while it is fresh, else an equal part: together never
	 * more than the whole
	 */
	double of(String id, int instances, long now) {
		Granted present = this.granted;
		Double fraction = (now - present.at <= VALID_NANOS) ? present.fractions.get(id) : null;
		return (fraction != null) ? fraction : 1.0 / Math.max(1, instances);
	}

	private record Granted(Map<String, Double> fractions, long at) {
	}

}
