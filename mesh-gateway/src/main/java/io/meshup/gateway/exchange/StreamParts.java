package io.meshup.gateway.exchange;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.server.reactive.ServerHttpResponse;

/**
 * Writes a stream part by part. The server asks for more parts than a slow caller takes
 * and forgets those that wait when the caller hangs up: they are released here.
 */
final class StreamParts {

	private final Queue<Part> waiting = new ConcurrentLinkedQueue<>();

	private final AtomicBoolean isOver = new AtomicBoolean();

	private StreamParts() {
	}

	/**
	 * Writes and flushes each part by itself.
	 * @param body the parts, which belong to the writing from now on
	 * @param response where they go
	 * @return completes when all are written
	 */
	static Mono<Void> write(Flux<DataBuffer> body, ServerHttpResponse response) {
		return Mono.defer(() -> {
			StreamParts parts = new StreamParts();
			return response.writeAndFlushWith(body.map(parts::held)).doFinally((signal) -> parts.end());
		});
	}

	private Mono<DataBuffer> held(DataBuffer bytes) {
		Part part = new Part(bytes);
		this.waiting.add(part);
		if (this.isOver.get()) {
			release();
		}
		return Mono.defer(() -> this.waiting.remove(part) ? Mono.just(bytes) : Mono.empty());
	}

	private void end() {
		this.isOver.set(true);
		release();
	}

	private void release() {
		for (Part part = this.waiting.poll(); part != null; part = this.waiting.poll()) {
			DataBufferUtils.release(part.bytes);
		}
	}

	/**
	 * Like no other, whereas buffers with the same bytes are equal.
	 */
	private static final class Part {

		private final DataBuffer bytes;

		Part(DataBuffer bytes) {
			this.bytes = bytes;
		}

	}

}
