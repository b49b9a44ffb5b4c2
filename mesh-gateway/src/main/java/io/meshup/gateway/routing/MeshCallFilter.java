package io.meshup.gateway.routing;

import io.meshup.gateway.edge.ForwardedHeaders;
import io.meshup.gateway.exchange.GatewayBody;
import io.meshup.gateway.exchange.GatewayProblem;
import io.meshup.gateway.exchange.MeshCalls;
import io.meshup.gateway.exchange.ServicePath;
import io.meshup.traffic.OutboundCall;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.filter.NettyWriteResponseFilter;
import org.springframework.core.Ordered;
import org.springframework.http.server.RequestPath;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/**
 * Opens the engine's call for a request and ends it when the last byte of the response is
 * written, or when the caller went away. Stands outside of the filter that writes the
 * response; {@link MeshRoutingFilter} stands inside and carries out the steps.
 */
@Component
final class MeshCallFilter implements GlobalFilter, Ordered {

	private final MeshCalls calls;

	MeshCallFilter(MeshCalls calls) {
		this.calls = calls;
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
		RequestPath whole = exchange.getRequest().getPath();
		GatewayProblem refusal = this.calls.refusal(whole);
		if (refusal != null) {
			return refusal.writeTo(exchange);
		}
		ServicePath path = ServicePath.of(whole);
		OutboundCall call = this.calls.open(exchange, path, GatewayBody.of(exchange));
		exchange.getAttributes().put(MeshRoutingFilter.CALL_ATTRIBUTE, call);
		exchange.getAttributes().put(ForwardedHeaders.PREFIX_ATTRIBUTE, path.prefix());
		return chain.filter(exchange)
			.doOnSuccess((nothing) -> call.onEnd(null))
			.doOnError(call::onEnd)
			.doOnCancel(call::cancel);
	}

}
