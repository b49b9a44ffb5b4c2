package io.meshup.spring.blocking.factory;

import java.io.IOException;
import java.net.URI;

import io.meshup.model.Instance;
import io.meshup.spring.blocking.call.BlockingCalls;
import io.meshup.spring.client.HostScope;
import io.meshup.spring.client.HttpHeadersTarget;
import io.meshup.spring.client.ServiceUri;
import io.meshup.traffic.step.RequestChanges;
import io.meshup.traffic.step.Step;

import org.springframework.cloud.client.loadbalancer.BlockingLoadBalancerInterceptor;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.support.HttpRequestWrapper;

/**
 * The entrance of last resort, for a client whose factory cannot be reached: Spring holds
 * the whole body in memory for any interceptor. Whatever entrance comes below sees a URI
 * with a port and lets it pass, so each call is made once. Thread-safe.
 */
public final class MeshInterceptor implements BlockingLoadBalancerInterceptor {

	private final BlockingCalls calls;

	private final HostScope scope;

	public MeshInterceptor(BlockingCalls calls, HostScope scope) {
		this.calls = calls;
		this.scope = scope;
	}

	@Override
	public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
			throws IOException {
		String service = this.calls.service(request.getURI(), this.scope);
		if (service == null) {
			return execution.execute(request, body);
		}
		return this.calls.perform(service, this.scope, new InterceptedExchange(request, body, execution));
	}

	/**
	 * A request that is entered at an interceptor.
	 */
	private static final class InterceptedExchange extends SpringExchange {

		private final HttpRequest request;

		private final byte[] body;

		private final ClientHttpRequestExecution execution;

		InterceptedExchange(HttpRequest request, byte[] body, ClientHttpRequestExecution execution) {
			super(request.getURI(), request.getMethod().name(), request.getHeaders());
			this.request = request;
			this.body = body;
			this.execution = execution;
		}

		@Override
		public boolean isReplayable() {
			return true;
		}

		@Override
		public ClientHttpResponse send(Step.Send send) throws IOException {
			return execute(send.instance(), send.changes());
		}

		@Override
		public void mirror(Step.Mirror mirror) throws IOException {
			execute(mirror.instance(), mirror.changes()).close();
		}

		private ClientHttpResponse execute(Instance instance, RequestChanges changes) throws IOException {
			URI target = ServiceUri.at(uri(), instance, changes.path());
			return this.execution.execute(new Retargeted(this.request, target, changes), this.body);
		}

		@Override
		public ClientHttpResponse bypass() throws IOException {
			return this.execution.execute(this.request, this.body);
		}

	}

	/**
	 * The request as one attempt sends it.
	 */
	private static final class Retargeted extends HttpRequestWrapper {

		private final URI target;

		private final HttpHeaders headers = new HttpHeaders();

		Retargeted(HttpRequest request, URI target, RequestChanges changes) {
			super(request);
			this.target = target;
			this.headers.putAll(request.getHeaders());
			changes.applyTo(new HttpHeadersTarget(this.headers));
		}

		@Override
		public URI getURI() {
			return this.target;
		}

		@Override
		public HttpHeaders getHeaders() {
			return this.headers;
		}

	}

}
