package io.meshup.spring.blocking.factory;

import java.io.IOException;
import java.net.URI;

import io.meshup.model.Instance;
import io.meshup.spring.client.HttpHeadersTarget;
import io.meshup.spring.client.ServiceUri;
import io.meshup.traffic.step.RequestChanges;
import io.meshup.traffic.step.Step;
import org.jspecify.annotations.Nullable;

import org.springframework.http.StreamingHttpOutputMessage;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpResponse;

/**
 * A request that is entered at its factory: each attempt is a request of the wrapped
 * factory.
 */
final class FactoryExchange extends SpringExchange {

	private final MeshRequest request;

	private final ClientHttpRequestFactory factory;

	private final ClientHttpRequestFactory limited;

	private final @Nullable RequestBody body;

	FactoryExchange(MeshRequest request, ClientHttpRequestFactory factory, ClientHttpRequestFactory limited) {
		super(request.getURI(), request.getMethod().name(), request.getHeaders());
		this.request = request;
		this.factory = factory;
		this.limited = limited;
		this.body = request.requestBody();
	}

	@Override
	public boolean isReplayable() {
		return this.body == null || this.body.isReplayable();
	}

	@Override
	public boolean isOwnFault() {
		return this.body != null && this.body.isOwnFault();
	}

	@Override
	public ClientHttpResponse send(Step.Send send) throws IOException {
		return execute(send.instance(), send.changes());
	}

	@Override
	public void mirror(Step.Mirror mirror) throws IOException {
		execute(mirror.instance(), mirror.changes()).close();
	}

	@Override
	public ClientHttpResponse bypass() throws IOException {
		return execute(copy(this.factory, uri()));
	}

	private ClientHttpResponse execute(Instance instance, RequestChanges changes) throws IOException {
		ClientHttpRequest attempt = copy(this.limited, ServiceUri.at(uri(), instance, changes.path()));
		changes.applyTo(new HttpHeadersTarget(attempt.getHeaders()));
		return execute(attempt);
	}

	private ClientHttpRequest copy(ClientHttpRequestFactory factory, URI target) throws IOException {
		ClientHttpRequest attempt = factory.createRequest(target, this.request.getMethod());
		attempt.getHeaders().putAll(this.request.getHeaders());
		attempt.getAttributes().putAll(this.request.getAttributes());
		return attempt;
	}

	private ClientHttpResponse execute(ClientHttpRequest attempt) throws IOException {
		if (attempt instanceof StreamingHttpOutputMessage streaming && this.body != null) {
			streaming.setBody(this.body);
		}
		else if (this.body != null) {
			this.body.writeTo(attempt.getBody());
		}
		return attempt.execute();
	}

}
