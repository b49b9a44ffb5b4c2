package io.meshup.spring.blocking;

import java.util.List;

import io.meshup.spring.blocking.call.BlockingCalls;
import io.meshup.spring.blocking.factory.MeshInterceptor;
import io.meshup.spring.blocking.factory.MeshRequestFactory;
import io.meshup.spring.client.HostScope;
import org.jspecify.annotations.Nullable;

import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.InterceptingClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

/**
 * Puts the entrance to the mesh into Spring's blocking clients, once each. Thread-safe.
 */
final class BlockingClients {

	private final BlockingCalls calls;

	BlockingClients(BlockingCalls calls) {
		this.calls = calls;
	}

	ClientHttpRequestFactory enter(ClientHttpRequestFactory factory, HostScope scope) {
		return MeshRequestFactory.around(factory, this.calls, scope);
	}

	void enter(RestTemplate template, HostScope scope) {
		ClientHttpRequestFactory factory = template.getRequestFactory();
		boolean own = !template.getInterceptors().isEmpty();
		if (own && factory instanceof InterceptingClientHttpRequestFactory intercepting) {
			factory = intercepting.getDelegate();
		}
		template.setRequestFactory(enter(factory, scope));
	}

	void enter(RestClient.Builder builder, HostScope scope) {
		ClientHttpRequestFactory factory = RestClientBuilderFactory.of(builder);
		if (factory != null) {
			builder.requestFactory(enter(factory, scope));
			return;
		}
		builder.requestInterceptors((interceptors) -> intercept(interceptors, scope));
	}

	private void intercept(List<ClientHttpRequestInterceptor> interceptors, HostScope scope) {
		interceptors.removeIf((interceptor) -> interceptor instanceof MeshInterceptor);
		interceptors.add(new MeshInterceptor(this.calls, scope));
	}

	/**
	 * A builder that keeps the entrance when its request factory is replaced later on.
	 * @param builder the builder
	 * @param scope which hosts are services
	 * @return the same builder, or one around it
	 */
	RestClient.Builder keepEntrance(RestClient.Builder builder, HostScope scope) {
		enter(builder, scope);
		@Nullable ClientHttpRequestFactory factory = RestClientBuilderFactory.of(builder);
		return (factory != null) ? MeshRestClientBuilder.around(builder, (late) -> enter(late, scope)) : builder;
	}

}
