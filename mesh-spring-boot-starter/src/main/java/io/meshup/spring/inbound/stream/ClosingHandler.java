package io.meshup.spring.inbound.stream;

import java.util.List;

import reactor.core.Disposable;
import reactor.core.publisher.Mono;

import org.springframework.web.reactive.socket.CloseStatus;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.WebSocketSession;

/**
 * Closes WebSockets with the status 'going away' when this instance leaves.
 */
final class ClosingHandler implements WebSocketHandler {

	private final WebSocketHandler handler;

	private final OpenStreams streams;

	private ClosingHandler(WebSocketHandler handler, OpenStreams streams) {
		this.handler = handler;
		this.streams = streams;
	}

	static WebSocketHandler around(WebSocketHandler handler, OpenStreams streams) {
		return (handler instanceof ClosingHandler) ? handler : new ClosingHandler(handler, streams);
	}

	@Override
	public List<String> getSubProtocols() {
		return this.handler.getSubProtocols();
	}

	@Override
	public Mono<Void> handle(WebSocketSession session) {
		OpenStreams.Stream stream = this.streams.open(() -> {
			Disposable unused = session.close(CloseStatus.GOING_AWAY).subscribe((nothing) -> {
			}, (ex) -> {
			});
		});
		return this.handler.handle(session).doFinally((signal) -> stream.close());
	}

}
