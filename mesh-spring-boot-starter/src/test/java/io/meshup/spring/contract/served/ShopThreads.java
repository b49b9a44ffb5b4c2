package io.meshup.spring.contract.served;

import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.scheduling.concurrent.SimpleAsyncTaskScheduler;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Executors and schedulers as applications make them by hand.
 */
@Configuration(proxyBeanMethods = false)
@EnableAsync
class ShopThreads {

	private static final AtomicInteger decorated = new AtomicInteger();

	@Bean(defaultCandidate = false)
	ThreadPoolTaskExecutor pool() {
		ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
		executor.setCorePoolSize(1);
		executor.setTaskDecorator((task) -> () -> {
			decorated.incrementAndGet();
			task.run();
		});
		executor.initialize();
		return executor;
	}

	@Bean(defaultCandidate = false)
	SimpleAsyncTaskExecutor simple() {
		return new SimpleAsyncTaskExecutor("simple-");
	}

	@Bean(defaultCandidate = false)
	ExecutorService jdk() {
		return Executors.newFixedThreadPool(1);
	}

	@Bean
	ThreadPoolTaskScheduler taskScheduler() {
		return new ThreadPoolTaskScheduler();
	}

	@Bean(defaultCandidate = false)
	SimpleAsyncTaskScheduler simpleScheduler() {
		return new SimpleAsyncTaskScheduler();
	}

	@Bean
	Later later(BeanFactory beans) {
		return new Later(beans);
	}

	/**
	 * Runs work on one of them.
	 */
	static class Later {

		private final BeanFactory beans;

		Later(BeanFactory beans) {
			this.beans = beans;
		}

		@Async
		CompletableFuture<String> call(Supplier<String> work) {
			return CompletableFuture.completedFuture(work.get());
		}

		CompletableFuture<String> on(String name, Supplier<String> work) {
			CompletableFuture<String> answer = new CompletableFuture<>();
			Object bean = this.beans.getBean(name);
			Runnable task = () -> answer.completeAsync(work, Runnable::run);
			if (bean instanceof TaskScheduler scheduler) {
				scheduler.schedule(task, Instant.now().plusMillis(5));
			}
			else if (bean instanceof ExecutorService executor) {
				Callable<Boolean> called = () -> {
					task.run();
					return true;
				};
				executor.submit(called);
			}
			else if (bean instanceof Executor executor) {
				int before = decorated.get();
				executor.execute(task);
				if (name.equals("pool")) {
					return answer.whenComplete((text, ex) -> assertThat(decorated).hasValueGreaterThan(before));
				}
			}
			return answer;
		}

	}

}
