package io.meshup.spring.blocking.factory;

import java.io.IOException;
import java.net.URI;

import io.meshup.spring.blocking.call.Exchange;
import io.meshup.spring.client.CallContexts;
import io.meshup.spring.client.HttpHeadersHead;
import io.meshup.spring.client.UriRequest;
import io.meshup.traffic.OutboundCall;
import io.meshup.traffic.request.RequestView;
import io.meshup.traffic.request.ResponseHead;
import io.meshup.traffic.step.Step;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.client.ClientHttpResponse;

/**
 * What RestClient and RestTemplate share, wherever they are entered.
 */
abstract class SpringExchange extends UriRequest implements Exchange<ClientHttpResponse> {

	private final String method;

	private final HttpHeaders headers;

	SpringExchange(URI uri, String method, HttpHeaders headers) {
		super(uri, CallContexts.current());
		this.method = method;
		this.headers = headers;
	}

	@Override
	public final String method() {
		return this.method;
	}

	@Override
	public final @Nullable String header(String name) {
		return this.headers.getFirst(name);
	}

	@Override
	public final RequestView request() {
		return this;
	}

	@Override
	public final int status(ClientHttpResponse response) throws IOException {
		return response.getStatusCode().value();
	}

	@Override
	public final ResponseHead head(ClientHttpResponse response) {
		return new HttpHeadersHead(response.getHeaders());
	}

	@Override
	public final ClientHttpResponse reply(Step.Reply reply) {
		return new MeshReply(reply);
	}

	@Override
	public final ClientHttpResponse deliver(ClientHttpResponse response, Step.Deliver step, OutboundCall call) {
		return new DeliveredResponse(response, step, call);
	}

	@Override
	public final void discard(ClientHttpResponse response) {
		response.close();
	}

}
