package io.meshup.spring.blocking;

import java.io.IOException;
import java.io.InputStream;

import io.meshup.traffic.OutboundCall;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpResponse;

/**
 * An instance's response, which ends its call when its body ends or when it is closed.
 */
final class DeliveredResponse implements ClientHttpResponse {

	private final ClientHttpResponse response;

	private final OutboundCall call;

	private @Nullable InputStream body;

	DeliveredResponse(ClientHttpResponse response, OutboundCall call) {
		this.response = response;
		this.call = call;
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
		return this.response.getHeaders();
	}

	@Override
	public InputStream getBody() throws IOException {
		if (this.body == null) {
			this.body = new DeliveredBody(this.response.getBody(), this.call);
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
