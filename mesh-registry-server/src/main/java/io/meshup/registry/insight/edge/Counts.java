package io.meshup.registry.insight.edge;

import java.util.List;

import io.meshup.model.beat.EdgeTotals;

/**
 * What was counted on one edge.
 *
 * @param requests attempts
 * @param errors failed ones
 * @param retries ones that were not the first of their call
 * @param laneLost ones that lost the lane of their request
 * @param latencies how long they took
 */
public record Counts(long requests, long errors, long retries, long laneLost, Latencies latencies) {

	/**
	 * Nothing flowed.
	 */
	public static final Counts NONE = new Counts(0, 0, 0, 0, Latencies.NONE);

	public static Counts of(EdgeTotals totals) {
		return new Counts(totals.requests(), totals.errors(), totals.retries(), totals.laneLost(),
				HistogramText.read(totals.latency()));
	}

	public static Counts sum(List<Counts> all) {
		long requests = 0;
		long errors = 0;
		long retries = 0;
		long laneLost = 0;
		for (Counts one : all) {
			requests += one.requests;
			errors += one.errors;
			retries += one.retries;
			laneLost += one.laneLost;
		}
		return new Counts(requests, errors, retries, laneLost,
				Latencies.sum(all.stream().map(Counts::latencies).toList()));
	}

	Counts plus(Counts other) {
		return new Counts(this.requests + other.requests, this.errors + other.errors, this.retries + other.retries,
				this.laneLost + other.laneLost, this.latencies.plus(other.latencies));
	}

	/**
	 * What came since an earlier report of the same process.
	 * @param earlier the earlier totals
	 * @return the difference, never below zero
	 */
	public Counts since(Counts earlier) {
		return new Counts(Math.max(0, this.requests - earlier.requests), Math.max(0, this.errors - earlier.errors),
				Math.max(0, this.retries - earlier.retries), Math.max(0, this.laneLost - earlier.laneLost),
				this.latencies.since(earlier.latencies));
	}

	public boolean isOlderThan(Counts other) {
		return this.requests < other.requests;
	}

}
