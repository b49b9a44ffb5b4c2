package io.meshup.registry.rule.text;

import io.meshup.registry.limit.RegistryLimits;
import io.meshup.registry.problem.ApiProblem;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Takes a body of a limited size into memory, whatever the codecs' settings are.
 */
public final class RequestBody {

	private RequestBody() {
	}

	public static Mono<byte[]> read(ServerHttpRequest request, RegistryLimits limits) {
		int most = limits.bodyBytes();
		if (request.getHeaders().getContentLength() > most) {
			return Mono.error(ApiProblem.tooLarge(limits));
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
