package io.meshup.gateway.routing;

import io.meshup.gateway.exchange.GatewayProblem;
import io.meshup.spring.reactive.ReactiveDriver;
import io.meshup.traffic.OutboundCall;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.filter.ReactiveLoadBalancerClientFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/**
 * Carries out the engine's steps with the gateway's own routing filters, where Spring
 * Cloud Gateway has its load balancer.
 */
@Component
final class MeshRoutingFilter implements GlobalFilter, Ordered {

	static final String CALL_ATTRIBUTE = MeshRoutingFilter.class.getName() + ".call";

	private static final String EXPLAIN_HEADER = "x-mesh-explain";

	private static final Logger logger = LoggerFactory.getLogger(MeshRoutingFilter.class);

	private final ReactiveDriver driver;

	private final GatewayCopies copies;

	MeshRoutingFilter(ReactiveDriver driver, GatewayCopies copies) {
		this.driver = driver;
		this.copies = copies;
	}

	@Override
	public int getOrder() {
		return ReactiveLoadBalancerClientFilter.LOAD_BALANCER_CLIENT_FILTER_ORDER;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		OutboundCall call = exchange.getAttribute(CALL_ATTRIBUTE);
		if (call == null) {
			return chain.filter(exchange);
		}
		GatewayExchange attempts = new GatewayExchange(exchange, chain, this.copies);
		Mono<Void> head = this.driver.drive(() -> call, attempts)
			.then()
			.onErrorResume((ex) -> unanswered(exchange, attempts, call, ex));
		return attempts.isWebSocket() ? head.then(Mono.defer(() -> session(exchange, chain))) : head;
	}

	private static Mono<Void> session(ServerWebExchange exchange, GatewayFilterChain chain) {
		return exchange.getResponse().isCommitted() ? Mono.empty() : chain.filter(exchange);
	}

	private static Mono<Void> unanswered(ServerWebExchange exchange, GatewayExchange attempts, OutboundCall call,
			Throwable ex) {
		if (exchange.getResponse().isCommitted()) {
			return Mono.error(ex);
		}
		attempts.reset();
		if (!call.explanation().isEmpty()) {
			exchange.getResponse().getHeaders().set(EXPLAIN_HEADER, call.explanation());
		}
		logger.debug("The last attempt for '{}' failed", exchange.getRequest().getURI(), ex);
		return GatewayProblem
			.of(HttpStatus.BAD_GATEWAY, "The service did not answer: its connection was refused or broke. Try again.")
			.writeTo(exchange);
	}

}
