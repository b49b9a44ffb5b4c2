package io.meshup.traffic.door;

import io.meshup.route.match.RouteRequest;
import io.meshup.traffic.request.InboundView;
import org.jspecify.annotations.Nullable;

/**
 * A request that arrives, as far as sticky keys ask of it.
 *
 * @param view the request
 * @param outside whether no participant of the mesh sent it
 */
record InboundRequest(InboundView view, boolean outside) implements RouteRequest {

	@Override
	public String method() {
		return this.view.method();
	}

	@Override
	public String path() {
		return this.view.path();
	}

	@Override
	public @Nullable String queryParam(String name) {
		return null;
	}

	@Override
	public @Nullable String header(String name) {
		return this.view.header(name);
	}

	@Override
	public @Nullable String remoteAddress() {
		return this.outside ? this.view.remoteAddress() : null;
	}

}
