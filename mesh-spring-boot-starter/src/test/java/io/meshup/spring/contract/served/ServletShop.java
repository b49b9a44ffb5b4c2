package io.meshup.spring.contract.served;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

import io.meshup.spring.contract.fixture.QuickShutdown;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * A servlet application that calls another service on every kind of thread.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@RestController
@Import({ ShopThreads.class, QuickShutdown.class })
class ServletShop {

	private final RestClient client;

	private final WebClient reactive;

	private final ShopThreads.Later later;

	private final AsyncTaskExecutor executor;

	private final TaskScheduler scheduler;

	private final AtomicReference<@Nullable String> afterwards = new AtomicReference<>();

	ServletShop(RestClient.Builder client, WebClient.Builder reactive, ShopThreads.Later later,
			@Qualifier("simple") AsyncTaskExecutor executor, @Qualifier("simpleScheduler") TaskScheduler scheduler) {
		this.executor = executor;
		this.scheduler = scheduler;
		this.client = client.build();
		this.reactive = reactive.build();
		this.later = later;
	}

	@Nullable String afterwards() {
		return this.afterwards.get();
	}

	@GetMapping("/direct")
	@Nullable String direct(@RequestParam(defaultValue = "inventory") String service) {
		return this.client.get().uri("http://" + service + "/").retrieve().body(String.class);
	}

	@GetMapping("/chain")
	@Nullable String chain(@RequestParam(defaultValue = "inventory") String service) {
		return this.client.get().uri("http://pricing/direct?service=" + service).retrieve().body(String.class);
	}

	@GetMapping("/status")
	@Nullable String status(@RequestParam String service) {
		return this.client.get()
			.uri("http://" + service + "/")
			.exchange((request, answer) -> answer.getStatusCode().value() + " "
					+ answer.getHeaders().getFirst("x-mesh-reason"));
	}

	@GetMapping("/chain-status")
	@Nullable String chainStatus(@RequestParam String service) {
		return this.client.get()
			.uri("http://pricing/direct?service=" + service)
			.exchange((request, answer) -> answer.getStatusCode().value() + " "
					+ answer.getHeaders().getFirst("x-mesh-reason"));
	}

	@GetMapping("/async")
	CompletableFuture<String> async() {
		return this.later.call(() -> direct("inventory"));
	}

	@GetMapping("/future")
	CompletableFuture<String> future() {
		return CompletableFuture.supplyAsync(() -> direct("inventory"), this.executor);
	}

	@GetMapping("/callable")
	Callable<String> callable() {
		return () -> direct("inventory");
	}

	@GetMapping("/mono")
	Mono<String> mono() {
		return Mono.delay(Duration.ofMillis(5))
			.then(Mono.defer(() -> this.reactive.get().uri("http://inventory/").retrieve().bodyToMono(String.class)));
	}

	@GetMapping("/blocked")
	@Nullable String blocked() {
		return this.reactive.get().uri("http://inventory/").retrieve().bodyToMono(String.class).block();
	}

	@GetMapping("/pool/{name}")
	CompletableFuture<String> pool(@PathVariable String name) {
		return this.later.on(name, () -> direct("inventory"));
	}

	@GetMapping("/afterwards")
	String answerFirst() {
		this.scheduler.schedule(() -> this.afterwards.set(direct("inventory")), Instant.now().plusMillis(300));
		return "accepted";
	}

}
