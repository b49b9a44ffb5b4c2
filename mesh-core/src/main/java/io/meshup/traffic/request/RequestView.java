package io.meshup.traffic.request;

import io.meshup.route.match.RouteRequest;

/**
 * What the engine may ask of a request. Adapters wrap their native request; cheap, no
 * copies. Only called between {@code TrafficEngine.open} and the end of the call, by the
 * thread that drives it.
 */
public interface RequestView extends RouteRequest {

	/**
	 * Whether the body, if any, can be sent twice.
	 * @return {@code true} for a request without a body
	 */
	boolean isReplayable();

	/**
	 * Whether the response goes on to somebody else as it came over the wire.
	 * @return {@code false} where a client may decode the body, and who knows which
	 */
	default boolean isPassedThrough() {
		return false;
	}

	/**
	 * What the request that is being served brought along.
	 * @return {@link CallContext#NONE} where none is being served
	 */
	default CallContext context() {
		return CallContext.NONE;
	}

	@Override
	default long stickyHash(String name) {
		return context().sticky().hash(name);
	}

}
