package io.meshup.traffic;

import io.meshup.traffic.request.CallContext;
import io.meshup.traffic.request.RequestView;
import org.jspecify.annotations.Nullable;

/**
 * A request that is sent while another one is being served.
 *
 * @param request the request
 * @param context what the one being served brought along
 */
public record ServedRequest(TestRequest request, CallContext context) implements RequestView {

	public static ServedRequest get(CallContext context) {
		return new ServedRequest(TestRequest.get("/items"), context);
	}

	public static ServedRequest get(CallContext context, String header, String value) {
		return new ServedRequest(TestRequest.get("/items").header(header, value), context);
	}

	@Override
	public String method() {
		return this.request.method();
	}

	@Override
	public String path() {
		return this.request.path();
	}

	@Override
	public @Nullable String queryParam(String name) {
		return this.request.queryParam(name);
	}

	@Override
	public @Nullable String header(String name) {
		return this.request.header(name);
	}

	@Override
	public @Nullable String remoteAddress() {
		return this.request.remoteAddress();
	}

	@Override
	public boolean isReplayable() {
		return this.request.isReplayable();
	}

}
