package io.meshup.spring.blocking.factory;

import java.io.IOException;
import java.net.URI;

import io.meshup.spring.blocking.call.BlockingCalls;
import io.meshup.spring.client.HostScope;

import org.springframework.http.HttpMethod;
import org.springframework.http.client.AbstractClientHttpRequestFactoryWrapper;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.util.function.SingletonSupplier;

/**
 * The entrance for RestClient, RestTemplate and HTTP interfaces: below their interceptors
 * and message converters, so that bodies stream. Thread-safe where the wrapped factory
 * is.
 */
public final class MeshRequestFactory extends AbstractClientHttpRequestFactoryWrapper {

	private final BlockingCalls calls;

	private final HostScope scope;

	private final SingletonSupplier<ClientHttpRequestFactory> limited;

	private MeshRequestFactory(ClientHttpRequestFactory factory, BlockingCalls calls, HostScope scope) {
		super(factory);
		this.calls = calls;
		this.scope = scope;
		this.limited = SingletonSupplier.of(() -> ConnectLimit.of(factory));
	}

	/**
	 * Puts the entrance around a factory, once.
	 * @param factory the factory
	 * @param calls opens the calls
	 * @param scope which hosts are services; the wider one wins
	 * @return the factory with the entrance
	 */
	public static ClientHttpRequestFactory around(ClientHttpRequestFactory factory, BlockingCalls calls,
			HostScope scope) {
		if (!(factory instanceof MeshRequestFactory mesh)) {
			return new MeshRequestFactory(factory, calls, scope);
		}
		boolean wider = scope == HostScope.ANY && mesh.scope != HostScope.ANY;
		return wider ? new MeshRequestFactory(mesh.getDelegate(), calls, scope) : mesh;
	}

	@Override
	protected ClientHttpRequest createRequest(URI uri, HttpMethod method, ClientHttpRequestFactory factory)
			throws IOException {
		String service = this.calls.service(uri, this.scope);
		if (service == null) {
			return factory.createRequest(uri, method);
		}
		return new MeshRequest(uri, method, (request) -> this.calls.perform(service, this.scope,
				new FactoryExchange(request, factory, this.limited.obtain())));
	}

}
