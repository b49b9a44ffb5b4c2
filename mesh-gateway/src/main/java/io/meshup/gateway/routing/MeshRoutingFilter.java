package io.meshup.gateway.routing;

import io.meshup.traffic.OutboundCall;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.filter.ReactiveLoadBalancerClientFilter;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/**
 * Carries out the engine's steps with the gateway's own routing filters: each attempt is
 * one run of the rest of the chain, up to the head of the response.
 */
@Component
final class MeshRoutingFilter implements GlobalFilter, Ordered {

	static final String CALL_ATTRIBUTE = MeshRoutingFilter.class.getName() + ".call";

	@Override
	public int getOrder() {
		return ReactiveLoadBalancerClientFilter.LOAD_BALANCER_CLIENT_FILTER_ORDER;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		OutboundCall call = exchange.getAttribute(CALL_ATTRIBUTE);
		return (call != null) ? new GatewayCall(call, exchange, chain).perform() : chain.filter(exchange);
	}

}
