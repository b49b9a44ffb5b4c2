package io.meshup.traffic.door;

import io.meshup.model.beat.EdgeTotals;
import io.meshup.route.match.RouteRequest;
import io.meshup.traffic.request.InboundView;
import io.meshup.traffic.request.MeshHeaders;
import org.jspecify.annotations.Nullable;

/**
 * A request that arrives, as the conditions of rules ask for it.
 */
final class DoorRequest implements RouteRequest {

	private final InboundView request;

	private final String source;

	DoorRequest(InboundView request) {
		this.request = request;
		String named = request.header(MeshHeaders.SOURCE);
		this.source = (named != null) ? named : EdgeTotals.OUTSIDE;
	}

	/**
	 * Who calls.
	 * @return a service, or {@code (outside)}
	 */
	String source() {
		return this.source;
	}

	@Override
	public String method() {
		return this.request.method();
	}

	@Override
	public String path() {
		return this.request.path();
	}

	// The schema lets no rule at the door ask for one.
	@Override
	public @Nullable String queryParam(String name) {
		return null;
	}

	@Override
	public @Nullable String header(String name) {
		return this.request.header(name);
	}

	@Override
	public @Nullable String remoteAddress() {
		return this.request.remoteAddress();
	}

}
