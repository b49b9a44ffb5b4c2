package io.meshup.traffic.request;

import org.jspecify.annotations.Nullable;

/**
 * What the gate may ask of a request that arrives. Adapters wrap their native request.
 */
public interface InboundView {

	/**
	 * The method in upper case.
	 * @return for example {@code GET}
	 */
	String method();

	/**
	 * The raw path without the query.
	 * @return for example {@code /items/7}
	 */
	String path();

	/**
	 * A header.
	 * @param name its name in any case
	 * @return its first value, or {@code null}
	 */
	@Nullable String header(String name);

	/**
	 * The peer's address.
	 * @return its IP, or {@code null} when unknown
	 */
	@Nullable String remoteAddress();

	/**
	 * Whether the head of the answer is on its way: its caller's patience has been met.
	 * May be asked by any thread until the admission has ended.
	 * @return {@code false} by default
	 */
	default boolean isAnswered() {
		return false;
	}

	/**
	 * Sets a header of the answer, unless its head is on its way. May be called by any
	 * thread until the admission has ended. Does nothing by default.
	 * @param name the header
	 * @param value its value
	 */
	default void answerWith(String name, String value) {
	}

}
