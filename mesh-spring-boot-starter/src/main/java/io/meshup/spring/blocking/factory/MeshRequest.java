package io.meshup.spring.blocking.factory;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.StreamingHttpOutputMessage;
import org.springframework.http.client.AbstractClientHttpRequest;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.util.Assert;
import org.springframework.util.FastByteArrayOutputStream;

/**
 * A request to a service. Which instance it goes to is decided when it is executed.
 */
final class MeshRequest extends AbstractClientHttpRequest implements StreamingHttpOutputMessage {

	private final URI uri;

	private final HttpMethod method;

	private final Execution execution;

	private @Nullable Body body;

	private @Nullable FastByteArrayOutputStream memory;

	MeshRequest(URI uri, HttpMethod method, Execution execution) {
		this.uri = uri;
		this.method = method;
		this.execution = execution;
	}

	@Override
	public HttpMethod getMethod() {
		return this.method;
	}

	@Override
	public URI getURI() {
		return this.uri;
	}

	@Override
	public void setBody(Body body) {
		assertNotExecuted();
		Assert.state(this.memory == null, "Invoke either getBody or setBody; not both");
		this.body = body;
	}

	@Override
	protected OutputStream getBodyInternal(HttpHeaders headers) {
		Assert.state(this.body == null, "Invoke either getBody or setBody; not both");
		if (this.memory == null) {
			this.memory = new FastByteArrayOutputStream(1024);
		}
		return this.memory;
	}

	@Override
	protected ClientHttpResponse executeInternal(HttpHeaders headers) throws IOException {
		return this.execution.execute(this);
	}

	/**
	 * The body for all attempts.
	 * @return the body, or {@code null} where there is none
	 */
	@Nullable RequestBody requestBody() {
		if (this.body != null) {
			return new RequestBody(this.body, getHeaders().getContentLength());
		}
		FastByteArrayOutputStream bytes = this.memory;
		if (bytes == null) {
			return null;
		}
		if (getHeaders().getContentLength() < 0) {
			getHeaders().setContentLength(bytes.size());
		}
		return new RequestBody(new Body() {

			@Override
			public void writeTo(OutputStream output) throws IOException {
				bytes.writeTo(output);
			}

			@Override
			public boolean repeatable() {
				return true;
			}

		}, bytes.size());
	}

	/**
	 * Executes a request.
	 */
	@FunctionalInterface
	interface Execution {

		ClientHttpResponse execute(MeshRequest request) throws IOException;

	}

}
