package io.meshup.gateway.exchange;

import java.net.InetSocketAddress;

import io.meshup.traffic.request.CallContext;
import io.meshup.traffic.request.RequestView;
import org.jspecify.annotations.Nullable;

import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.util.MultiValueMap;

/**
 * What the engine sees of a request at the gateway: the path as the service sees it.
 */
final class ExchangeView implements RequestView {

	private final ServerHttpRequest request;

	private final String path;

	private final CallContext context;

	private final GatewayBody body;

	ExchangeView(ServerHttpRequest request, String path, CallContext context, GatewayBody body) {
		this.body = body;
		this.request = request;
		this.path = path;
		this.context = context;
	}

	@Override
	public String method() {
		return this.request.getMethod().name();
	}

	@Override
	public String path() {
		return this.path;
	}

	@Override
	public @Nullable String rawQuery() {
		return this.request.getURI().getRawQuery();
	}

	@Override
	public @Nullable String queryParam(String name) {
		MultiValueMap<String, String> params = this.request.getQueryParams();
		String value = params.getFirst(name);
		return (value == null && params.containsKey(name)) ? "" : value;
	}

	@Override
	public @Nullable String header(String name) {
		return this.request.getHeaders().getFirst(name);
	}

	@Override
	public @Nullable String remoteAddress() {
		InetSocketAddress address = this.request.getRemoteAddress();
		return (address != null && address.getAddress() != null) ? address.getAddress().getHostAddress() : null;
	}

	@Override
	public boolean isPassedThrough() {
		return true;
	}

	@Override
	public CallContext context() {
		return this.context;
	}

	@Override
	public boolean isReplayable() {
		return this.body.isReplayable();
	}

}
