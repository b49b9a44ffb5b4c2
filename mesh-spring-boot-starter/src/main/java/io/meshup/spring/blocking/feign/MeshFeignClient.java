package io.meshup.spring.blocking.feign;

import java.io.IOException;
import java.net.URI;

import feign.Client;
import feign.Request;
import feign.Response;
import io.meshup.spring.blocking.call.BlockingCalls;
import io.meshup.spring.client.HostScope;
import org.jspecify.annotations.Nullable;

/**
 * The entrance for OpenFeign. Thread-safe where the wrapped client is.
 */
final class MeshFeignClient implements Client {

	private final Client client;

	private final BlockingCalls calls;

	private final HostScope scope;

	MeshFeignClient(Client client, BlockingCalls calls, HostScope scope) {
		this.client = client;
		this.calls = calls;
		this.scope = scope;
	}

	@Override
	public Response execute(Request request, Request.Options options) throws IOException {
		URI uri = uri(request.url());
		String service = (uri != null) ? this.calls.service(uri, this.scope) : null;
		if (uri == null || service == null) {
			return this.client.execute(request, options);
		}
		return this.calls.perform(service, this.scope, new FeignExchange(uri, this.client, request, options));
	}

	private static @Nullable URI uri(String url) {
		try {
			return URI.create(url);
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

}
