package io.meshup.model.rule.policy;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How one of several usable instances is picked.
 */
public enum Algorithm {

	/**
	 * The one with fewer requests in flight of two that are drawn.
	 */
	@JsonProperty("least-request")
	LEAST_REQUEST,

	/**
	 * The one with the lower product of latency and requests in flight, of two that are
	 * drawn; the latency is a moving average that follows peaks at once.
	 */
	@JsonProperty("peak-ewma")
	PEAK_EWMA,

	/**
	 * In turn.
	 */
	@JsonProperty("round-robin")
	ROUND_ROBIN,

	/**
	 * At random.
	 */
	@JsonProperty("random")
	RANDOM,

	/**
	 * The same one for the same key of the request.
	 */
	@JsonProperty("ring-hash")
	RING_HASH

}
