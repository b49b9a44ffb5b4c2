package io.meshup.spring.inbound.stream;

import java.lang.reflect.Modifier;

import org.aopalliance.intercept.MethodInterceptor;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.server.WebSocketService;
import org.springframework.web.reactive.socket.server.support.WebSocketHandlerAdapter;

/**
 * Puts {@link ClosingHandler} around whatever is handed to a bean that opens WebSockets
 * in a WebFlux application. The beans keep their classes and their life cycles:
 * applications ask for them by these.
 */
public final class WebSocketPostProcessor implements BeanPostProcessor {

	private final ObjectProvider<OpenStreams> streams;

	public WebSocketPostProcessor(ObjectProvider<OpenStreams> streams) {
		this.streams = streams;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		return (bean instanceof WebSocketHandlerAdapter || bean instanceof WebSocketService) ? closing(bean) : bean;
	}

	private Object closing(Object bean) {
		ProxyFactory factory = new ProxyFactory(bean);
		factory.setProxyTargetClass(!Modifier.isFinal(bean.getClass().getModifiers()));
		factory.addAdvice((MethodInterceptor) (invocation) -> {
			Object[] arguments = invocation.getArguments();
			for (int i = 0; i < arguments.length; i++) {
				if (arguments[i] instanceof WebSocketHandler handler && isOpening(invocation.getMethod().getName())) {
					arguments[i] = ClosingHandler.around(handler, this.streams.getObject());
				}
			}
			return invocation.proceed();
		});
		return factory.getProxy(bean.getClass().getClassLoader());
	}

	// Of an adapter, and of a service.
	private static boolean isOpening(String method) {
		return method.equals("handle") || method.equals("handleRequest");
	}

}
