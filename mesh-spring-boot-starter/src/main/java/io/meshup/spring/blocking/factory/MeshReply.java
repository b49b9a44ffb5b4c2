package io.meshup.spring.blocking.factory;

import java.io.ByteArrayInputStream;
import java.io.InputStream;

import io.meshup.traffic.step.Step;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpResponse;

/**
 * The mesh's own answer as a response, for example 503 where no instance is left.
 */
final class MeshReply implements ClientHttpResponse {

	private final Step.Reply reply;

	private final HttpHeaders headers = new HttpHeaders();

	private final InputStream body;

	MeshReply(Step.Reply reply) {
		this.reply = reply;
		this.body = new ByteArrayInputStream(reply.body());
		reply.headers().forEach(this.headers::set);
		this.headers.setContentLength(reply.body().length);
	}

	@Override
	public HttpStatusCode getStatusCode() {
		return HttpStatusCode.valueOf(this.reply.status());
	}

	@Override
	public String getStatusText() {
		HttpStatus status = HttpStatus.resolve(this.reply.status());
		return (status != null) ? status.getReasonPhrase() : "";
	}

	@Override
	public HttpHeaders getHeaders() {
		return this.headers;
	}

	@Override
	public InputStream getBody() {
		return this.body;
	}

	@Override
	public void close() {
		// Nothing is held.
	}

}
