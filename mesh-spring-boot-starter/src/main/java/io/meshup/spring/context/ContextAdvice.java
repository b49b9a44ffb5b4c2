package io.meshup.spring.context;

import java.util.Collection;
import java.util.concurrent.Callable;

import io.meshup.spring.client.CallContexts;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/**
 * Lets every task that is handed to an executor serve what the handing thread serves.
 * Stateless.
 */
final class ContextAdvice implements MethodInterceptor {

	@Override
	public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
		@Nullable Object[] arguments = invocation.getArguments();
		for (int i = 0; i < arguments.length; i++) {
			arguments[i] = serving(arguments[i]);
		}
		return invocation.proceed();
	}

	private static @Nullable Object serving(@Nullable Object argument) {
		if (argument instanceof Runnable task) {
			return CallContexts.wrap(task);
		}
		if (argument instanceof Callable<?> task) {
			return CallContexts.wrap(task);
		}
		if (argument instanceof Collection<?> tasks && tasks.stream().allMatch(Callable.class::isInstance)) {
			return tasks.stream().map(ContextAdvice::serving).toList();
		}
		return argument;
	}

}
