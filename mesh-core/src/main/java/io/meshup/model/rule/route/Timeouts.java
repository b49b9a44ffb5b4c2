package io.meshup.model.rule.route;

import java.time.Duration;

/**
 * Limits on waiting for the head of a response.
 *
 * @param request for the call with all its attempts; zero for none
 * @param backendRequest for each attempt; zero for none; not longer than {@code request}
 */
public record Timeouts(Duration request, Duration backendRequest) {

	/**
	 * No limits.
	 */
	public static final Timeouts NONE = new Timeouts(Duration.ZERO, Duration.ZERO);

	@SuppressWarnings({ "ConstantValue", "NullAway" })
	public Timeouts {
		request = (request != null) ? request : Duration.ZERO;
		backendRequest = (backendRequest != null) ? backendRequest : Duration.ZERO;
		if (!request.isZero() && backendRequest.compareTo(request) > 0) {
			throw new IllegalArgumentException(
					"'backendRequest' must not be longer than 'request' (" + request + ") but was " + backendRequest);
		}
	}

}
