package io.meshup.spring.context;

import java.lang.reflect.Method;
import java.util.concurrent.Executor;

import io.meshup.spring.client.CallContexts;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.DirectFieldAccessor;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.task.TaskDecorator;
import org.springframework.core.task.TaskExecutor;
import org.springframework.scheduling.concurrent.ConcurrentTaskExecutor;
import org.springframework.scheduling.concurrent.SimpleAsyncTaskScheduler;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/**
 * Lets the tasks of the application's executors serve the request that they were handed
 * over in. Spring's executors get a decorator, before one of the user's own; executors of
 * the JDK are wrapped where their bean is declared by an interface, so that nobody can
 * have asked for the class. Not a bean of type TaskDecorator: the user's own would not be
 * the only one any more where it is injected.
 */
final class ContextExecutors implements BeanPostProcessor {

	private static final Logger logger = LoggerFactory.getLogger(ContextExecutors.class);

	private static final String DECORATOR = "taskDecorator";

	private final ConfigurableListableBeanFactory beans;

	ContextExecutors(ConfigurableListableBeanFactory beans) {
		this.beans = beans;
	}

	@Override
	public Object postProcessBeforeInitialization(Object bean, String name) {
		if (bean instanceof ThreadPoolTaskExecutor executor) {
			executor.setTaskDecorator(before(bean, name));
		}
		else if (bean instanceof ThreadPoolTaskScheduler scheduler) {
			scheduler.setTaskDecorator(before(bean, name));
		}
		else if (bean instanceof SimpleAsyncTaskExecutor executor && !(bean instanceof SimpleAsyncTaskScheduler)) {
			executor.setTaskDecorator(before(bean, name));
		}
		else if (bean instanceof ConcurrentTaskExecutor executor) {
			executor.setTaskDecorator(before(bean, name));
		}
		return bean;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String name) {
		if (bean instanceof SimpleAsyncTaskScheduler) {
			ProxyFactory proxy = proxy(bean);
			proxy.setProxyTargetClass(true);
			return proxy.getProxy(bean.getClass().getClassLoader());
		}
		// Spring's own have the decorator already, and are looked up by their class.
		Class<?> declared = (bean instanceof Executor && !(bean instanceof TaskExecutor)) ? declared(name) : null;
		if (declared == null || !declared.isInterface()
				|| !declared.getName().startsWith(Executor.class.getPackageName())) {
			return bean;
		}
		ProxyFactory proxy = proxy(bean);
		proxy.setInterfaces(declared);
		return proxy.getProxy(ContextExecutors.class.getClassLoader());
	}

	private static ProxyFactory proxy(Object bean) {
		ProxyFactory proxy = new ProxyFactory();
		proxy.setTarget(bean);
		proxy.addAdvice(new ContextAdvice());
		return proxy;
	}

	private static TaskDecorator before(Object bean, String name) {
		Object own = own(bean, name);
		return (own instanceof TaskDecorator decorator) ? (task) -> decorator.decorate(CallContexts.wrap(task))
				: CallContexts::wrap;
	}

	// No executor tells its decorator.
	private static @Nullable Object own(Object bean, String name) {
		try {
			return new DirectFieldAccessor(bean).getPropertyValue(DECORATOR);
		}
		catch (RuntimeException ex) {
			logger.debug("The executor '{}' does not tell its decorator", name, ex);
			return null;
		}
	}

	private @Nullable Class<?> declared(String name) {
		BeanDefinition definition = this.beans.containsBeanDefinition(name) ? this.beans.getMergedBeanDefinition(name)
				: null;
		Method factory = (definition instanceof RootBeanDefinition root) ? root.getResolvedFactoryMethod() : null;
		return (factory != null) ? factory.getReturnType() : null;
	}

}
