package io.meshup.registry.problem;

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

	private static final long SHORT = 64 * 1024;

	private static final Duration LIMIT = Duration.ofSeconds(1);

	private UnreadBody() {
	}

	/**
	 * Reads on and throws away.
	 * @param request the request
	 * @return whether the end was reached, so that the connection can be used again
	 */
	static Mono<Boolean> discard(ServerHttpRequest request) {
		return discard(request, SHORT);
	}

	/**
	 * Reads on and throws away, up to a limit.
	 * @param request the request
	 * @param most how many bytes; of a body that is known to be longer nothing is read
	 * @return whether the end was reached, so that the connection can be used again
	 */
	static Mono<Boolean> discard(ServerHttpRequest request, long most) {
		if (request.getHeaders().getContentLength() > most) {
			return Mono.just(false);
		}
		return request.getBody()
			.map(UnreadBody::released)
			.scan(0L, Long::sum)
			.takeUntil((sum) -> sum > most)
			.last(0L)
			.map((sum) -> sum <= most)
			.timeout(LIMIT, Mono.just(false))
			.onErrorReturn(false);
	}

	private static long released(DataBuffer buffer) {
		int bytes = buffer.readableByteCount();
		DataBufferUtils.release(buffer);
		return bytes;
	}

}
