package io.meshup.spring.reactive;

import io.meshup.spring.client.CallContexts;
import io.meshup.spring.client.HostScope;
import io.meshup.spring.client.ServiceUri;
import io.meshup.traffic.TrafficEngine;
import io.meshup.traffic.request.CallContext;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.client.loadbalancer.reactive.LoadBalancedExchangeFilterFunction;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFunction;

/**
 * The entrance for WebClient. A second one in the same client sees a URI with a port and
 * lets it pass, so each call is made once. The engine is looked up at the first call.
 * Thread-safe.
 */
final class MeshExchangeFilter implements LoadBalancedExchangeFilterFunction {

	private final SingletonSupplier<TrafficEngine> engine;

	private final ReactiveDriver driver;

	private final HostScope scope;

	MeshExchangeFilter(ObjectProvider<TrafficEngine> engine, ReactiveDriver driver, HostScope scope) {
		this.engine = SingletonSupplier.of(engine::getObject);
		this.driver = driver;
		this.scope = scope;
	}

	@Override
	public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
		String host = ServiceUri.service(request.url());
		TrafficEngine traffic = this.engine.obtain();
		if (host == null || !this.scope.mayCover(traffic, host)) {
			return next.exchange(request);
		}
		return Mono.deferContextual((view) -> {
			CallContext context = view.getOrDefault(CallContexts.KEY, CallContext.NONE);
			WebClientExchange exchange = new WebClientExchange(request, next,
					(context != null && context != CallContext.NONE) ? context : CallContexts.current());
			return this.driver.drive(() -> this.scope.open(traffic, host, exchange), exchange);
		});
	}

}
