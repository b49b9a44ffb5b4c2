package io.meshup.gateway.routing;

import io.meshup.gateway.MeshGatewayProperties;
import io.meshup.gateway.edge.ForwardedHeaders;
import io.meshup.gateway.edge.PathGuard;
import io.meshup.model.ServiceName;
import io.meshup.spring.OwnInstance;
import io.meshup.spring.client.CallContexts;
import io.meshup.traffic.CallContext;
import io.meshup.traffic.OutboundCall;
import io.meshup.traffic.TrafficEngine;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.filter.NettyWriteResponseFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/**
 * Opens the engine's call for a request and ends it when the last byte of the response is
 * written, or when the caller went away. Stands outside of the filter that writes the
 * response; {@link MeshRoutingFilter} stands inside and carries out the steps.
 */
@Component
final class MeshCallFilter implements GlobalFilter, Ordered {

	private final TrafficEngine engine;

	private final MeshGatewayProperties properties;

	private final String own;

	MeshCallFilter(TrafficEngine engine, MeshGatewayProperties properties, OwnInstance own) {
		this.engine = engine;
		this.properties = properties;
		this.own = own.service();
	}

	@Override
	public int getOrder() {
		return NettyWriteResponseFilter.WRITE_RESPONSE_FILTER_ORDER - 1;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		if (!ServiceRoutes.isMesh(exchange)) {
			return chain.filter(exchange);
		}
		ServerHttpRequest request = exchange.getRequest();
		String raw = request.getURI().getRawPath();
		if (!PathGuard.isPlain(raw)) {
			return GatewayProblem
				.of(HttpStatus.BAD_REQUEST,
						"The path '" + raw + "' can be read in more than one way. "
								+ "Send it without empty or dot segments, ';', '\\' and needless escapes.")
				.writeTo(exchange);
		}
		ServicePath path = ServicePath.of(raw);
		if (!isReachable(path)) {
			return GatewayProblem
				.of(HttpStatus.NOT_FOUND,
						"No service is reachable as '" + path.prefix()
								+ "'. Paths begin with a service's name: /{service}/...")
				.writeTo(exchange);
		}
		OutboundCall call = this.engine.open(path.service(),
				new ExchangeView(request, path.rest(), context(exchange), GatewayBody.of(exchange)));
		exchange.getAttributes().put(MeshRoutingFilter.CALL_ATTRIBUTE, call);
		exchange.getAttributes().put(ForwardedHeaders.PREFIX_ATTRIBUTE, path.prefix());
		return chain.filter(exchange)
			.doOnSuccess((nothing) -> call.onEnd(null))
			.doOnError(call::onEnd)
			.doOnCancel(call::cancel);
	}

	private static CallContext context(ServerWebExchange exchange) {
		return exchange.getAttributeOrDefault(CallContexts.KEY, CallContext.NONE);
	}

	// Not the gateway itself: /gateway/gateway/... would make one request hundreds.
	private boolean isReachable(ServicePath path) {
		String service = path.service();
		return ServiceName.isValid(service) && !service.equals(this.own) && this.properties.isReachable(service)
				&& !PathGuard.isActuator(path.rest());
	}

}
