package io.meshup.gateway.direct;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.reactive.DispatcherHandler;

/**
 * Puts {@link DirectDispatcher} in the place of Spring's dispatcher, unless an
 * application brought one of its own.
 */
@Configuration(proxyBeanMethods = false)
class DirectDispatching {

	@Bean
	static BeanPostProcessor directDispatcher(ApplicationContext context, ObjectProvider<Detours> detours,
			ObjectProvider<DirectCalls> calls) {
		return new BeanPostProcessor() {
			@Override
			public Object postProcessAfterInitialization(Object bean, String name) {
				return (bean.getClass() == DispatcherHandler.class) ? new DirectDispatcher(context,
						SingletonSupplier.of(detours::getObject), SingletonSupplier.of(calls::getObject)) : bean;
			}
		};
	}

}
