package io.meshup.spring.inbound;

import java.time.Duration;

import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Takes what is left of a request that is refused before its body was read. Netty may
 * stop reading a connection whose body arrives while the refusal is being written; the
 * next request on it would then wait for ever.
 */
final class UnreadBody {

	private static final long MAX_BYTES = 64 * 1024;

	private static final Duration LIMIT = Duration.ofSeconds(1);

	private UnreadBody() {
	}

	/**
	 * Reads on and throws away.
	 * @param request the request
	 * @return whether the end was reached, so that the connection can be used again
	 */
	static Mono<Boolean> discard(ServerHttpRequest request) {
		if (request.getHeaders().getContentLength() > MAX_BYTES) {
			return Mono.just(false);
		}
		return request.getBody()
			.map(UnreadBody::released)
			.scan(0L, Long::sum)
			.takeUntil((sum) -> sum > MAX_BYTES)
			.last(0L)
			.map((sum) -> sum <= MAX_BYTES)
			.timeout(LIMIT, Mono.just(false))
			.onErrorReturn(false);
	}

	private static long released(DataBuffer buffer) {
		int bytes = buffer.readableByteCount();
		DataBufferUtils.release(buffer);
		return bytes;
	}

}
