package io.meshup.registry.quota;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * One limit, divided. What an instance is granted is never more than what all others have
 * been told leaves over, so that the parts that are in use add up to the whole: a larger
 * part comes a beat after the others have been told of their smaller ones. An instance
 * that was told nothing yet uses an equal part. Not thread-safe.
 */
final class Quota {

	/** This much of the whole is divided equally, whatever the demand. */
	private static final double EQUAL = 0.1;

	private static final double SMOOTHING = 0.5;

	private static final double DIGITS = 1e6;

	private final Map<String, Part> parts = new HashMap<>();

	private long wantedAt;

	Quota(long now) {
		this.wantedAt = now;
	}

	/**
	 * An instance says how much it is asked for.
	 * @param instance its id
	 * @param rate requests per second
	 * @param now the present
	 */
	void report(String instance, double rate, long now) {
		Part part = this.parts.get(instance);
		if (part == null) {
			part = new Part(rate);
			this.parts.put(instance, part);
		}
		else {
			part.demand = part.demand * (1 - SMOOTHING) + rate * SMOOTHING;
		}
		if (rate > 0) {
			this.wantedAt = now;
		}
	}

	/**
	 * Decides what an instance may have until its next beat.
	 * @param instance its id
	 * @param serving the instances that share the limit, with this one
	 * @return its part, 0 to 1
	 */
	double grant(String instance, Set<String> serving) {
		this.parts.keySet().retainAll(serving);
		int count = serving.size();
		double demand = this.parts.values().stream().mapToDouble((part) -> part.demand).sum();
		Part own = this.parts.computeIfAbsent(instance, (id) -> new Part(0));
		double byDemand = (demand > 0) ? own.demand / demand : 1.0 / count;
		double least = EQUAL / count;
		double others = serving.stream()
			.filter((id) -> !id.equals(instance))
			.mapToDouble((id) -> used(id, count))
			.sum();
		double granted = Math.max(least, Math.min(least + (1 - EQUAL) * byDemand, 1 - others));
		own.granted = Math.floor(granted * DIGITS) / DIGITS;
		return own.granted;
	}

	/**
	 * An instance was told its part by another node.
	 * @param instance its id
	 * @param granted its part
	 */
	void told(String instance, double granted) {
		this.parts.computeIfAbsent(instance, (id) -> new Part(0)).granted = granted;
	}

	boolean isIdle(long now, long nanos) {
		return now - this.wantedAt > nanos;
	}

	private double used(String instance, int count) {
		Part part = this.parts.get(instance);
		return (part != null && part.granted >= 0) ? part.granted : 1.0 / count;
	}

	/**
	 * What is known of one instance.
	 */
	private static final class Part {

		private double demand;

		/** Negative while it was told nothing. */
		private double granted = -1;

		private Part(double demand) {
			this.demand = demand;
		}

	}

}
