package io.meshup.gateway.routing;

import io.meshup.gateway.exchange.GatewayProblem;
import io.meshup.gateway.exchange.ResponseWriter;
import io.meshup.gateway.exchange.Trailers;
import io.meshup.traffic.OutboundCall;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClientResponse;

import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.filter.NettyWriteResponseFilter;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ServerWebExchange;

/**
 * Writes a response to the caller, as {@link NettyWriteResponseFilter} does. A small one
 * of known length goes out with its head in one piece; one that breaks off before that
 * becomes 502.
 */
final class MeshWriteFilter implements GlobalFilter, Ordered {

	/** The call that wants to see the body. */
	static final String CAPTURE_ATTRIBUTE = MeshWriteFilter.class.getName() + ".capture";

	private static final Logger logger = LoggerFactory.getLogger(MeshWriteFilter.class);

	private final ResponseWriter writer;

	MeshWriteFilter(ResponseWriter writer) {
		this.writer = writer;
	}

	@Override
	public int getOrder() {
		return NettyWriteResponseFilter.WRITE_RESPONSE_FILTER_ORDER;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		return chain.filter(exchange).then(Mono.defer(() -> write(exchange))).doFinally((signal) -> {
			if (signal != SignalType.ON_COMPLETE) {
				dispose(exchange);
			}
		});
	}

	private Mono<Void> write(ServerWebExchange exchange) {
		Connection connection = exchange.getAttribute(ServerWebExchangeUtils.CLIENT_RESPONSE_CONN_ATTR);
		if (connection == null) {
			return Mono.empty();
		}
		HttpClientResponse head = exchange.getRequiredAttribute(ServerWebExchangeUtils.CLIENT_RESPONSE_ATTR);
		Trailers.pass(head, exchange.getResponse());
		return this.writer.write(exchange, connection, exchange.getAttribute(CAPTURE_ATTRIBUTE),
				(ex) -> broken(exchange, ex));
	}

	private static Mono<Void> broken(ServerWebExchange exchange, Throwable ex) {
		OutboundCall call = exchange.getRequiredAttribute(MeshRoutingFilter.CALL_ATTRIBUTE);
		call.onEnd(ex);
		ServerWebExchangeUtils.reset(exchange);
		logger.debug("The response for '{}' broke off", exchange.getRequest().getURI(), ex);
		return GatewayProblem
			.of(HttpStatus.BAD_GATEWAY, "The service broke its answer off. Whether it did what was asked is not known.")
			.writeTo(exchange);
	}

	private static void dispose(ServerWebExchange exchange) {
		Connection connection = exchange.getAttribute(ServerWebExchangeUtils.CLIENT_RESPONSE_CONN_ATTR);
		if (connection != null) {
			connection.dispose();
		}
	}

}
