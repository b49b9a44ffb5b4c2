package io.meshup.registry.rule.text;

import io.meshup.registry.problem.ApiProblem;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Takes a body of at most 1 MB into memory, whatever the codecs' settings are.
 */
public final class RequestBody {

	private RequestBody() {
	}

	public static Mono<byte[]> read(ServerHttpRequest request) {
		if (request.getHeaders().getContentLength() > DocumentReader.MAX_BYTES) {
			return Mono.error(tooLarge());
		}
		return DataBufferUtils.join(request.getBody(), DocumentReader.MAX_BYTES)
			.map(RequestBody::bytes)
			.defaultIfEmpty(new byte[0])
			.onErrorMap(DataBufferLimitException.class, (ex) -> tooLarge());
	}

	private static byte[] bytes(DataBuffer buffer) {
		byte[] bytes = new byte[buffer.readableByteCount()];
		buffer.read(bytes);
		DataBufferUtils.release(buffer);
		return bytes;
	}

	private static ApiProblem tooLarge() {
		return ApiProblem.of(HttpStatus.CONTENT_TOO_LARGE,
				"The rules must have at most 1 MB (" + DocumentReader.MAX_BYTES
						+ " bytes) in one request but have more. Nothing was changed; send them in parts.");
	}

}
