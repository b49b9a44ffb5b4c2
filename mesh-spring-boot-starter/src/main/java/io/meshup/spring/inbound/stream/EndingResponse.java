package io.meshup.spring.inbound.stream;

import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;

/**
 * A response whose event stream ends, after the event that is being sent, when this
 * instance leaves.
 */
public final class EndingResponse extends ServerHttpResponseDecorator {

	private final OpenStreams streams;

	public EndingResponse(ServerHttpResponse delegate, OpenStreams streams) {
		super(delegate);
		this.streams = streams;
	}

	@Override
	public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
		if (!MediaType.TEXT_EVENT_STREAM.isCompatibleWith(getHeaders().getContentType())) {
			return super.writeAndFlushWith(body);
		}
		return Mono.defer(() -> {
			Sinks.Empty<Void> end = Sinks.empty();
			OpenStreams.Stream stream = this.streams.open(end::tryEmitEmpty);
			return super.writeAndFlushWith(Flux.from(body).takeUntilOther(end.asMono()))
				.doFinally((signal) -> stream.close());
		});
	}

}
