package io.meshup.spring.inbound;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.web.reactive.socket.server.WebSocketService;
import org.springframework.web.reactive.socket.server.support.WebSocketHandlerAdapter;

/**
 * Puts {@link ClosingWebSockets} around whatever opens WebSockets in a WebFlux
 * application.
 */
final class WebSocketPostProcessor implements BeanPostProcessor {

	private final ObjectProvider<OpenStreams> streams;

	WebSocketPostProcessor(ObjectProvider<OpenStreams> streams) {
		this.streams = streams;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean.getClass() == WebSocketHandlerAdapter.class && bean instanceof WebSocketHandlerAdapter adapter) {
			WebSocketHandlerAdapter closing = new WebSocketHandlerAdapter(closing(adapter.getWebSocketService()));
			closing.setOrder(adapter.getOrder());
			return closing;
		}
		return (bean instanceof WebSocketService service) ? closing(service) : bean;
	}

	private WebSocketService closing(WebSocketService service) {
		return (service instanceof ClosingWebSockets) ? service
				: new ClosingWebSockets(service, this.streams.getObject());
	}

}
