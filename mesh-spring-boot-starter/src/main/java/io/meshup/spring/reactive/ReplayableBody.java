package io.meshup.spring.reactive;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.ClientHttpRequestDecorator;
import org.springframework.web.reactive.function.BodyInserter;
import org.springframework.web.reactive.function.BodyInserters;

/**
 * The body of one call, inserted once for each attempt. One whose declared length is
 * small is held for the next attempt; everything else streams and is sent once. Whatever
 * was not asked for by the connection can be sent again.
 */
final class ReplayableBody implements BodyInserter<Object, ClientHttpRequest> {

	/** As Linkerd: larger bodies are not held for a retry. */
	private static final int LARGEST_KEPT = 64 * 1024;

	private final BodyInserter<?, ? super ClientHttpRequest> source;

	private final AtomicBoolean started = new AtomicBoolean();

	private final AtomicReference<byte @Nullable []> kept = new AtomicReference<>();

	ReplayableBody(BodyInserter<?, ? super ClientHttpRequest> source) {
		this.source = source;
	}

	boolean isReplayable() {
		return this.source == BodyInserters.empty() || !this.started.get() || this.kept.get() != null;
	}

	@Override
	public Mono<Void> insert(ClientHttpRequest message, Context context) {
		byte[] bytes = this.kept.get();
		if (bytes == null) {
			return this.source.insert(new Watched(message), context);
		}
		message.getHeaders().setContentLength(bytes.length);
		return message.writeWith(Mono.fromSupplier(() -> message.bufferFactory().wrap(bytes)));
	}

	/**
	 * Notices when a connection asks for the body, and keeps it where it is small.
	 */
	private final class Watched extends ClientHttpRequestDecorator {

		private Watched(ClientHttpRequest message) {
			super(message);
		}

		@Override
		public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
			long length = getHeaders().getContentLength();
			if (length < 0 || length > LARGEST_KEPT) {
				return super.writeWith(started(body));
			}
			Mono<DataBuffer> whole = DataBufferUtils.join(body).doOnNext(this::keep);
			return super.writeWith((body instanceof Mono) ? started(whole) : started(whole.flux()));
		}

		@Override
		public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
			return super.writeAndFlushWith(Flux.from(body).doOnSubscribe((subscription) -> start()));
		}

		private Publisher<? extends DataBuffer> started(Publisher<? extends DataBuffer> body) {
			return (body instanceof Mono<? extends DataBuffer> mono) ? mono.doOnSubscribe((subscription) -> start())
					: Flux.from(body).doOnSubscribe((subscription) -> start());
		}

		private void start() {
			ReplayableBody.this.started.set(true);
		}

		private void keep(DataBuffer whole) {
			byte[] bytes = new byte[whole.readableByteCount()];
			int position = whole.readPosition();
			whole.read(bytes).readPosition(position);
			ReplayableBody.this.kept.set(bytes);
		}

	}

}
