package io.meshup.spring.contract.served;

import java.time.Duration;

import io.meshup.spring.contract.fixture.QuickShutdown;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * A reactive application that calls another service from every kind of chain.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@RestController
@Import(QuickShutdown.class)
class ReactiveShop {

	private final WebClient client;

	ReactiveShop(WebClient.Builder client) {
		this.client = client.build();
	}

	@GetMapping("/direct")
	Mono<ResponseEntity<String>> direct(@RequestParam(defaultValue = "inventory") String service) {
		return this.client.get()
			.uri("http://" + service + "/")
			.exchangeToMono((answer) -> answer.toEntity(String.class));
	}

	@GetMapping("/delayed")
	Mono<String> delayed() {
		return Mono.delay(Duration.ofMillis(5)).then(Mono.defer(this::call));
	}

	@GetMapping("/published")
	Mono<String> published() {
		return Mono.just(1)
			.publishOn(Schedulers.boundedElastic())
			.flatMap((one) -> call())
			.subscribeOn(Schedulers.parallel());
	}

	@GetMapping("/zipped")
	Mono<String> zipped() {
		return Mono.zip(call(), Mono.defer(this::call).subscribeOn(Schedulers.parallel()),
				(one, other) -> one.equals(other) ? one : one + " and " + other);
	}

	private Mono<String> call() {
		return this.client.get().uri("http://inventory/").retrieve().bodyToMono(String.class);
	}

}
