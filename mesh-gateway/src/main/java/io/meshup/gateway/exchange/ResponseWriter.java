package io.meshup.gateway.exchange;

import java.util.List;
import java.util.function.Function;

import io.meshup.traffic.OutboundCall;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;

import org.springframework.cloud.gateway.config.GatewayProperties;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/**
 * Writes an instance's body to the caller, after the head that is in the exchange. A
 * small one of known length goes out with its head in one piece. Thread-safe.
 */
@Component
public final class ResponseWriter {

	/** As much as fits into one TCP segment of the loopback, or a few of a network. */
	private static final int LARGEST_WHOLE = 8 * 1024;

	private final List<MediaType> streaming;

	ResponseWriter(GatewayProperties properties) {
		this.streaming = List.copyOf(properties.getStreamingMediaTypes());
	}

	/**
	 * Writes a body.
	 * @param exchange with the head
	 * @param connection from the instance
	 * @param capture the call that wants to see the body, or {@code null}
	 * @param broken answers when a body broke off before a part of it was sent on
	 * @return completes when all is written
	 */
	public Mono<Void> write(ServerWebExchange exchange, Connection connection, @Nullable OutboundCall capture,
			Function<Throwable, Mono<Void>> broken) {
		ServerHttpResponse response = exchange.getResponse();
		if (isWhole(exchange)) {
			Mono<DataBuffer> body = captured(capture, connection.inbound().receive().retain())
				.reduce(ResponseWriter::join)
				.map((bytes) -> wrap(bytes, response))
				.doOnDiscard(ByteBuf.class, ByteBuf::release);
			return orBroken(response.writeWith(body), response, broken);
		}
		Flux<DataBuffer> body = captured(capture, connection.inbound().receive().retain())
			.map((bytes) -> wrap(bytes, response));
		return orBroken(isStreaming(response) ? StreamParts.write(body, response) : response.writeWith(body), response,
				broken);
	}

	private static Mono<Void> orBroken(Mono<Void> written, ServerHttpResponse response,
			Function<Throwable, Mono<Void>> broken) {
		return written.onErrorResume((ex) -> response.isCommitted() ? Mono.error(ex) : broken.apply(ex));
	}

	private static ByteBuf join(ByteBuf first, ByteBuf next) {
		return Unpooled.wrappedBuffer(first, next);
	}

	private static Flux<ByteBuf> captured(@Nullable OutboundCall call, Flux<ByteBuf> body) {
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

}
