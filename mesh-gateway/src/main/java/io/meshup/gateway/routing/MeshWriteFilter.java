package io.meshup.gateway.routing;

import java.util.List;

import io.meshup.traffic.OutboundCall;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;
import reactor.netty.Connection;

import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.filter.NettyWriteResponseFilter;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;

/**
 * Writes a response to the caller, as {@link NettyWriteResponseFilter} does. A small one
 * of known length goes out with its head in one piece; one that breaks off before that
 * becomes 502.
 */
final class MeshWriteFilter implements GlobalFilter, Ordered {

	/** The call that wants to see the body. */
	static final String CAPTURE_ATTRIBUTE = MeshWriteFilter.class.getName() + ".capture";

	/** As much as fits into one TCP segment of the loopback, or a few of a network. */
	private static final int LARGEST_WHOLE = 8 * 1024;

	private static final Logger logger = LoggerFactory.getLogger(MeshWriteFilter.class);

	private final List<MediaType> streaming;

	MeshWriteFilter(List<MediaType> streaming) {
		this.streaming = List.copyOf(streaming);
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
		ServerHttpResponse response = exchange.getResponse();
		if (isWhole(exchange)) {
			Mono<DataBuffer> body = captured(exchange, connection.inbound().receive().aggregate().retain().flux())
				.next()
				.map((bytes) -> wrap(bytes, response));
			return response.writeWith(body).onErrorResume((ex) -> broken(exchange, ex));
		}
		Flux<DataBuffer> body = captured(exchange, connection.inbound().receive().retain())
			.map((bytes) -> wrap(bytes, response));
		return isStreaming(response) ? StreamParts.write(body, response) : response.writeWith(body);
	}

	private static Flux<ByteBuf> captured(ServerWebExchange exchange, Flux<ByteBuf> body) {
		OutboundCall call = exchange.getAttribute(CAPTURE_ATTRIBUTE);
		if (call == null) {
			return body;
		}
		return body.doOnNext((bytes) -> {
			byte[] copy = ByteBufUtil.getBytes(bytes);
			call.onBody(copy, 0, copy.length);
		}).doOnComplete(call::onBodyEnd);
	}

	private static boolean isWhole(ServerWebExchange exchange) {
		ServerHttpResponse response = exchange.getResponse();
		long length = response.getHeaders().getContentLength();
		HttpStatusCode status = response.getStatusCode();
		return length > 0 && length <= LARGEST_WHOLE && !exchange.getRequest().getMethod().equals(HttpMethod.HEAD)
				&& status != null && status.value() != 204 && status.value() != 304;
	}

	private static Mono<Void> broken(ServerWebExchange exchange, Throwable ex) {
		if (exchange.getResponse().isCommitted()) {
			return Mono.error(ex);
		}
		OutboundCall call = exchange.getRequiredAttribute(MeshRoutingFilter.CALL_ATTRIBUTE);
		call.onEnd(ex);
		ServerWebExchangeUtils.reset(exchange);
		logger.debug("The response for '{}' broke off", exchange.getRequest().getURI(), ex);
		return GatewayProblem
			.of(HttpStatus.BAD_GATEWAY, "The service broke its answer off. Whether it did what was asked is not known.")
			.writeTo(exchange);
	}

	private boolean isStreaming(ServerHttpResponse response) {
		try {
			MediaType type = response.getHeaders().getContentType();
			return type != null && this.streaming.stream().anyMatch((each) -> each.isCompatibleWith(type));
		}
		catch (InvalidMediaTypeException ex) {
			return false;
		}
	}

	private static DataBuffer wrap(ByteBuf bytes, ServerHttpResponse response) {
		DataBufferFactory factory = response.bufferFactory();
		if (factory instanceof NettyDataBufferFactory netty) {
			return netty.wrap(bytes);
		}
		DataBuffer copy = factory.allocateBuffer(bytes.readableBytes()).write(bytes.nioBuffer());
		bytes.release();
		return copy;
	}

	private static void dispose(ServerWebExchange exchange) {
		Connection connection = exchange.getAttribute(ServerWebExchangeUtils.CLIENT_RESPONSE_CONN_ATTR);
		if (connection != null) {
			connection.dispose();
		}
	}

}
