package io.meshup.spring.inbound;

import java.util.List;

import reactor.core.Disposable;
import reactor.core.publisher.Mono;

import org.springframework.web.reactive.socket.CloseStatus;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.WebSocketSession;
import org.springframework.web.reactive.socket.server.WebSocketService;
import org.springframework.web.server.ServerWebExchange;

/**
 * Closes WebSockets with the status 'going away' when this instance leaves.
 */
final class ClosingWebSockets implements WebSocketService {

	private final WebSocketService delegate;

	private final OpenStreams streams;

	ClosingWebSockets(WebSocketService delegate, OpenStreams streams) {
		this.delegate = delegate;
		this.streams = streams;
	}

	@Override
	public Mono<Void> handleRequest(ServerWebExchange exchange, WebSocketHandler handler) {
		return this.delegate.handleRequest(exchange, new ClosingHandler(handler));
	}

	private final class ClosingHandler implements WebSocketHandler {

		private final WebSocketHandler handler;

		ClosingHandler(WebSocketHandler handler) {
			this.handler = handler;
		}

		@Override
		public List<String> getSubProtocols() {
			return this.handler.getSubProtocols();
		}

		@Override
		public Mono<Void> handle(WebSocketSession session) {
			OpenStreams.Stream stream = ClosingWebSockets.this.streams.open(() -> {
				Disposable unused = session.close(CloseStatus.GOING_AWAY).subscribe((nothing) -> {
				}, (ex) -> {
				});
			});
			return this.handler.handle(session).doFinally((signal) -> stream.close());
		}

	}

}
