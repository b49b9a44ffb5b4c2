package io.meshup.spring.inbound.stream;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.context.Lifecycle;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.reactive.HandlerAdapter;
import org.springframework.web.reactive.socket.CloseStatus;
import org.springframework.web.reactive.socket.HandshakeInfo;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.WebSocketSession;
import org.springframework.web.reactive.socket.server.RequestUpgradeStrategy;
import org.springframework.web.reactive.socket.server.WebSocketService;
import org.springframework.web.reactive.socket.server.support.HandshakeWebSocketService;
import org.springframework.web.reactive.socket.server.support.WebSocketHandlerAdapter;
import org.springframework.web.server.ServerWebExchange;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WebSocketPostProcessor}: whatever opens a WebSocket, it is closed.
 */
class WebSocketPostProcessorTests {

	private final OpenStreams streams = new OpenStreams();

	private final List<CloseStatus> closed = new ArrayList<>();

	private final ServerWebExchange exchange = MockServerWebExchange.from(MockServerHttpRequest.get("/talk")
		.header("upgrade", "websocket")
		.header("connection", "upgrade")
		.header("sec-websocket-key", "a"));

	@Test
	void closesWhatAUsersServiceWithAnUpgradeStrategyOfItsOwnOpens() {
		try (AnnotationConfigApplicationContext context = context(HandshakeWebSocketService.class,
				() -> new HandshakeWebSocketService(new OwnStrategy()))) {
			context.start();
			HandshakeWebSocketService service = context.getBean(HandshakeWebSocketService.class);
			assertThat(((Lifecycle) service).isRunning()).isTrue();

			assertCloses(() -> service.handleRequest(this.exchange, new Silent()));
		}
	}

	@Test
	void closesWhatASubclassOfAServiceOpens() {
		try (AnnotationConfigApplicationContext context = context(OwnService.class, OwnService::new)) {
			assertCloses(() -> context.getBean(OwnService.class).handleRequest(this.exchange, new Silent()));
		}
	}

	@Test
	void closesWhatASubclassOfAnAdapterOpens() {
		try (AnnotationConfigApplicationContext context = context(OwnAdapter.class, OwnAdapter::new)) {
			OwnAdapter adapter = context.getBean(OwnAdapter.class);
			assertThat(adapter.getOrder()).isEqualTo(5);

			assertCloses(() -> adapter.handle(this.exchange, new Silent()).then());
		}
	}

	@Test
	void closesWhatAFinalAdapterOpensOnce() {
		try (AnnotationConfigApplicationContext context = context(HandlerAdapter.class, FinalAdapter::new)) {
			assertCloses(() -> context.getBean(HandlerAdapter.class).handle(this.exchange, new Silent()).then());
		}
	}

	private void assertCloses(Supplier<Mono<Void>> talk) {
		talk.get().block(Duration.ofSeconds(10));
		assertThat(this.closed).isEmpty();

		this.streams.onDrained();

		assertThat(this.closed).containsExactly(CloseStatus.GOING_AWAY);
	}

	private <T> AnnotationConfigApplicationContext context(Class<T> type, Supplier<T> bean) {
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
		context.registerBean(OpenStreams.class, () -> this.streams);
		context.registerBean(WebSocketPostProcessor.class,
				() -> new WebSocketPostProcessor(context.getBeanProvider(OpenStreams.class)));
		context.registerBean(type, bean);
		context.refresh();
		return context;
	}

	// Its talk goes on when the exchange is over.
	private Mono<Void> opened(WebSocketHandler handler) {
		handler.handle(session()).subscribe();
		return Mono.empty();
	}

	private WebSocketSession session() {
		return (WebSocketSession) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { WebSocketSession.class }, (proxy, method, arguments) -> {
					this.closed.add((CloseStatus) arguments[0]);
					return Mono.empty();
				});
	}

	private final class OwnStrategy implements RequestUpgradeStrategy {

		@Override
		public Mono<Void> upgrade(ServerWebExchange exchange, WebSocketHandler handler, @Nullable String subProtocol,
				Supplier<HandshakeInfo> handshake) {
			return opened(handler);
		}

	}

	private static final class Silent implements WebSocketHandler {

		@Override
		public Mono<Void> handle(WebSocketSession session) {
			return Mono.never();
		}

	}

	class OwnService implements WebSocketService {

		@Override
		public Mono<Void> handleRequest(ServerWebExchange exchange, WebSocketHandler handler) {
			return opened(handler);
		}

	}

	class OwnAdapter extends WebSocketHandlerAdapter {

		OwnAdapter() {
			super(new OwnService());
			setOrder(5);
		}

	}

	final class FinalAdapter extends WebSocketHandlerAdapter {

		FinalAdapter() {
			super(new OwnService());
		}

	}

}
