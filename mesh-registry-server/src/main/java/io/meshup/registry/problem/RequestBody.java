package io.meshup.registry.problem;

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
		if (request.getHeaders().getContentLength() > most) {
			// Who still writes when the connection ends does not read why.
			return UnreadBody.discard(request, FAR_TOO_LONG * most).then(Mono.error(ApiProblem.tooLarge(limits)));
		}
		return DataBufferUtils.join(request.getBody(), most)
			.map(RequestBody::bytes)
			.defaultIfEmpty(new byte[0])
			.onErrorMap(DataBufferLimitException.class, (ex) -> ApiProblem.tooLarge(limits));
	}

	private static byte[] bytes(DataBuffer buffer) {
		byte[] bytes = new byte[buffer.readableByteCount()];
		buffer.read(bytes);
		DataBufferUtils.release(buffer);
		return bytes;
	}

}
