package io.meshup.registry.insight;

import io.meshup.model.BreakerState;
import io.meshup.registry.insight.edge.Counts;
import io.meshup.registry.insight.edge.EdgeKey;
import io.meshup.registry.insight.edge.Endpoint;
import io.meshup.registry.insight.edge.Latencies;

/**
 * An edge as it is shown: rates per second, latencies in milliseconds.
 *
 * @param source the caller
 * @param destination the called
 * @param rate attempts
 * @param errorRate failed attempts
 * @param p50 half were faster
 * @param p90 nine of ten were faster
 * @param p99 99 of 100 were faster
 * @param retryRate attempts that were not the first of their call
 * @param breaker the worst of the callers' breakers
 * @param ejected how many instances at least one caller leaves out
 * @param laneLost how many calls in the window carried no lane though their request had
 * come in one
 */
record EdgeView(Endpoint source, Endpoint destination, double rate, double errorRate, double p50, double p90,
		double p99, double retryRate, BreakerState breaker, int ejected, long laneLost) {

	static EdgeView of(EdgeKey key, Counts counts, long seconds, Traffic.State state) {
		Latencies latencies = counts.latencies();
		return new EdgeView(key.source(), key.destination(), rate(counts.requests(), seconds),
				rate(counts.errors(), seconds), latencies.percentileMillis(50), latencies.percentileMillis(90),
				latencies.percentileMillis(99), rate(counts.retries(), seconds), state.breaker(), state.ejected(),
				counts.laneLost());
	}

	private static double rate(long count, long seconds) {
		return (double) count / seconds;
	}

}
