package io.meshup.model.rule.route;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What kind of failure of an attempt is repeated.
 */
public enum RetryCondition {

	/**
	 * No connection could be made: nothing was sent.
	 */
	@JsonProperty("connect-failure")
	CONNECT_FAILURE,

	/**
	 * The connection broke before the head of the response.
	 */
	@JsonProperty("reset")
	RESET,

	/**
	 * The attempt's time was over.
	 */
	@JsonProperty("timeout")
	TIMEOUT

}
