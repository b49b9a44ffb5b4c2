package io.meshup.registry.problem;

import java.time.Duration;

import io.meshup.registry.limit.RegistryLimits;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Takes a body of a limited size into memory, whatever the codecs' settings are.
 */
public final class RequestBody {

	/** Beyond so many times the limit nothing is read any more. */
	private static final long FAR_TOO_LONG = 4;

	private static final Duration LIMIT = Duration.ofSeconds(1);

	private RequestBody() {
	}

	/**
	 * Reads it to its end.
	 * @param request whose body
	 * @param limits how long it may be
	 * @return the bytes, none where there is no body; fails with 413 where it is longer
	 */
	public static Mono<byte[]> read(ServerHttpRequest request, RegistryLimits limits) {
		int most = limits.bodyBytes();
		long length = request.getHeaders().getContentLength();
		if (length > most) {
			Mono<Void> sent = (length > FAR_TOO_LONG * most) ? Mono.empty() : discard(request);
			return sent.then(Mono.error(ApiProblem.tooLarge(limits)));
		}
		return DataBufferUtils.join(request.getBody(), most)
			.map(RequestBody::bytes)
			.defaultIfEmpty(new byte[0])
			.onErrorMap(DataBufferLimitException.class, (ex) -> ApiProblem.tooLarge(limits));
	}

	// Who still writes when the connection ends does not read why.
	private static Mono<Void> discard(ServerHttpRequest request) {
		return request.getBody().doOnNext(DataBufferUtils::release).then().timeout(LIMIT).onErrorComplete();
	}

	private static byte[] bytes(DataBuffer buffer) {
		byte[] bytes = new byte[buffer.readableByteCount()];
		buffer.read(bytes);
		DataBufferUtils.release(buffer);
		return bytes;
	}

}
