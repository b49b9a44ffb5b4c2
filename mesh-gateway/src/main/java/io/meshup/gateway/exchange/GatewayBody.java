package io.meshup.gateway.exchange;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.NettyDataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

/**
 * The body of one request, sent once for each attempt. One whose declared length is small
 * is held for the next attempt and for copies; everything else streams and is sent once.
 * Which, is decided before anything is held.
 */
public final class GatewayBody {

	/** As Linkerd: larger bodies are not held for a retry. */
	private static final int LARGEST_KEPT = 64 * 1024;

	private static final String ATTRIBUTE = GatewayBody.class.getName();

	private final boolean none;

	private final boolean small;

	private final AtomicBoolean started = new AtomicBoolean();

	private final AtomicReference<byte @Nullable []> kept = new AtomicReference<>();

	/**
	 * The body of a request.
	 * @param headers of the request
	 */
	public GatewayBody(HttpHeaders headers) {
		long length = headers.getContentLength();
		String type = headers.getFirst(HttpHeaders.CONTENT_TYPE);
		this.none = isNone(headers);
		// gRPC is sent by Spring Cloud Gateway's own filter, which asks nobody here.
		this.small = length > 0 && length <= LARGEST_KEPT && !headers.containsHeader(HttpHeaders.TRANSFER_ENCODING)
				&& (type == null || !type.startsWith("application/grpc"));
	}

	/**
	 * The body of a request, the same for all its attempts.
	 * @param exchange the request
	 * @return its body
	 */
	public static GatewayBody of(ServerWebExchange exchange) {
		GatewayBody body = exchange.getAttribute(ATTRIBUTE);
		if (body == null) {
			body = new GatewayBody(exchange.getRequest().getHeaders());
			exchange.getAttributes().put(ATTRIBUTE, body);
		}
		return body;
	}

	/**
	 * Whether a request has no body.
	 * @param headers its headers
	 * @return {@code true} without a length and without chunks
	 */
	public static boolean isNone(HttpHeaders headers) {
		return headers.getContentLength() <= 0 && !headers.containsHeader(HttpHeaders.TRANSFER_ENCODING);
	}

	/**
	 * Whether there is none.
	 * @return {@code true} without a length and without chunks
	 */
	public boolean isNone() {
		return this.none;
	}

	/**
	 * Whether another attempt could send it.
	 * @return {@code false} once a body that is not held was asked for by a connection
	 */
	boolean isReplayable() {
		return isAtHand() || (this.small && !this.started.get());
	}

	/**
	 * Whether a copy could be sent at once.
	 * @return {@code true} without a body, and once a small one has come
	 */
	public boolean isAtHand() {
		return this.none || this.kept.get() != null;
	}

	/**
	 * The body for one attempt.
	 * @param request what the filters made of the caller's request
	 * @return bytes that are asked for once a connection is there
	 */
	public Publisher<ByteBuf> bytes(ServerHttpRequest request) {
		if (!this.small) {
			return Flux.defer(() -> request.getBody().map(GatewayBody::bytes));
		}
		return Mono.defer(() -> {
			byte[] bytes = this.kept.get();
			return (bytes != null) ? Mono.just(Unpooled.wrappedBuffer(bytes)) : whole(request);
		});
	}

	private Mono<ByteBuf> whole(ServerHttpRequest request) {
		this.started.set(true);
		return DataBufferUtils.join(request.getBody()).map((buffer) -> {
			byte[] bytes = new byte[buffer.readableByteCount()];
			buffer.read(bytes);
			DataBufferUtils.release(buffer);
			this.kept.set(bytes);
			return Unpooled.wrappedBuffer(bytes);
		});
	}

	private static ByteBuf bytes(DataBuffer buffer) {
		return (buffer instanceof NettyDataBuffer netty) ? netty.getNativeBuffer()
				: Unpooled.wrappedBuffer(buffer.toByteBuffer());
	}

}
