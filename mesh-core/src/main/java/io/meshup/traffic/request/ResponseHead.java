package io.meshup.traffic.request;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What the engine may ask of a response's head. Only asked during
 * {@code OutboundCall.onHead}.
 */
@FunctionalInterface
public interface ResponseHead {

	/**
	 * A header.
	 * @param name its name in any case
	 * @return its first value, or {@code null}
	 */
	@Nullable String header(String name);

	/**
	 * All headers.
	 * @return by name, several values of one joined by commas; asked only where the
	 * response may be kept
	 */
	default Map<String, String> headers() {
		return Map.of();
	}

}
