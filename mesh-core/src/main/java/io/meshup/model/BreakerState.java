package io.meshup.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The state of a circuit breaker as it is shown.
 */
public enum BreakerState {

	/**
	 * Calls pass.
	 */
	CLOSED("closed"),

	/**
	 * Calls are refused.
	 */
	OPEN("open"),

	/**
	 * A few probes pass.
	 */
	HALF_OPEN("half-open");

	private final String word;

	BreakerState(String word) {
		this.word = word;
	}

	/**
	 * The word on the wire.
	 * @return {@code closed}, {@code open} or {@code half-open}
	 */
	@JsonValue
	public String word() {
		return this.word;
	}

	/**
	 * Reads a word from the wire.
	 * @param word what {@link #word()} returns
	 * @return the state
	 * @throws IllegalArgumentException when the word is none of them
	 */
	@JsonCreator
	public static BreakerState of(String word) {
		for (BreakerState state : values()) {
			if (state.word.equals(word)) {
				return state;
			}
		}
		throw new IllegalArgumentException("'breaker' must be closed, open or half-open but was '" + word + "'");
	}

}
