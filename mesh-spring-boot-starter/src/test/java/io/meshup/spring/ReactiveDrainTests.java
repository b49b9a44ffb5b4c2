package io.meshup.spring;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.http.MediaType;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;
import org.springframework.web.reactive.socket.WebSocketHandler;

import static org.assertj.core.api.Assertions.assertThat;

class ReactiveDrainTests extends DrainContract {

	@Override
	Class<?> application() {
		return Shop.class;
	}

	@Override
	WebApplicationType type() {
		return WebApplicationType.REACTIVE;
	}

	@Test
	void closesWebSocketsAsGoingAway() throws Exception {
		CompletableFuture<Integer> closed = new CompletableFuture<>();
		HttpClient client = HttpClient.newHttpClient();
		WebSocket socket = client.newWebSocketBuilder()
			.buildAsync(URI.create("ws://127.0.0.1:" + app().port() + "/talk"), new WebSocket.Listener() {
				@Override
				public CompletionStage<?> onClose(WebSocket webSocket, int status, String reason) {
					closed.complete(status);
					return null;
				}
			})
			.get(10, TimeUnit.SECONDS);
		long began = System.nanoTime();

		app().close();

		assertThat(closed.get(10, TimeUnit.SECONDS)).isEqualTo(1001);
		assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
		socket.abort();
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	@RestController
	static class Shop {

		// Reactor Netty otherwise waits two seconds at the end of each context.
		@Bean
		ReactorResourceFactory reactorResources() {
			ReactorResourceFactory resources = new ReactorResourceFactory();
			resources.setUseGlobalResources(false);
			resources.setShutdownQuietPeriod(Duration.ZERO);
			return resources;
		}

		@Bean
		HandlerMapping sockets() {
			WebSocketHandler echo = (session) -> session.send(session.receive().map((message) -> message));
			return new SimpleUrlHandlerMapping(Map.of("/talk", echo), -1);
		}

		@GetMapping("/hello")
		Mono<String> hello() {
			return Mono.just("hello");
		}

		@GetMapping("/slow")
		Mono<String> slow() {
			arrived.countDown();
			return Mono.fromFuture(slow);
		}

		@GetMapping(path = "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
		Flux<String> events() {
			return Flux.just("first").concatWith(Flux.never());
		}

	}

}
