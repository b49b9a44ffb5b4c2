package io.meshup.spring.blocking.factory;

import java.io.IOException;
import java.io.InputStream;

import io.meshup.route.filter.HeaderChanges;
import io.meshup.spring.blocking.call.DeliveredBody;
import io.meshup.spring.client.HttpHeadersTarget;
import io.meshup.traffic.OutboundCall;
import io.meshup.traffic.step.Step;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpResponse;

/**
 * An instance's response, which ends its call when its body ends or when it is closed.
 */
final class DeliveredResponse implements ClientHttpResponse {

	private final ClientHttpResponse response;

	private final Step.Deliver step;

	private final OutboundCall call;

	private final HttpHeaders headers;

	private @Nullable InputStream body;

	DeliveredResponse(ClientHttpResponse response, Step.Deliver step, OutboundCall call) {
		this.response = response;
		this.step = step;
		this.call = call;
		this.headers = changed(response.getHeaders(), step.changes());
	}

	private static HttpHeaders changed(HttpHeaders original, HeaderChanges changes) {
		if (changes.isEmpty()) {
			return original;
		}
		HttpHeaders headers = new HttpHeaders();
		headers.putAll(original);
		changes.applyTo(new HttpHeadersTarget(headers));
		return headers;
	}

	@Override
	public HttpStatusCode getStatusCode() throws IOException {
		return this.response.getStatusCode();
	}

	@Override
	public String getStatusText() throws IOException {
		return this.response.getStatusText();
	}

	@Override
	public HttpHeaders getHeaders() {
		return this.headers;
	}

	@Override
	public InputStream getBody() throws IOException {
		if (this.body == null) {
			this.body = new DeliveredBody(this.response.getBody(), this.call, this.step.capture());
		}
		return this.body;
	}

	@Override
	public void close() {
		try {
			this.response.close();
		}
		finally {
			this.call.onEnd(null);
		}
	}

}
