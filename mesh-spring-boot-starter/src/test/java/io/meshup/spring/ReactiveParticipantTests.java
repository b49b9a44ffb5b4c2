package io.meshup.spring;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

class ReactiveParticipantTests extends ParticipantContract {

	@Override
	Class<?> application() {
		return Shop.class;
	}

	@Override
	WebApplicationType type() {
		return WebApplicationType.REACTIVE;
	}

	@Override
	String inboundPart() {
		return "reactive-inbound";
	}

	// Reactor Netty 1.3.6 never reads again from a connection on which a request had to
	// wait for the one before it (its issue 4361).
	@Test
	void goesOnReadingAfterARequestThatCameEarly() throws Exception {
		try (RunningApplication app = start(); Socket socket = new Socket("127.0.0.1", app.port())) {
			socket.setSoTimeout((int) PatientWaits.LIMIT.toMillis());
			ask(socket, "/later", "/hello");
			assertThat(answer(socket)).endsWith("later");
			assertThat(answer(socket)).endsWith("hello");

			ask(socket, "/hello");

			assertThat(answer(socket)).endsWith("hello");
		}
	}

	private static void ask(Socket socket, String... paths) throws IOException {
		StringBuilder requests = new StringBuilder();
		for (String path : paths) {
			requests.append("GET ").append(path).append(" HTTP/1.1\r\nHost: orders\r\n\r\n");
		}
		socket.getOutputStream().write(requests.toString().getBytes(StandardCharsets.US_ASCII));
	}

	private static String answer(Socket socket) throws IOException {
		StringBuilder answer = new StringBuilder();
		while (answer.indexOf("\r\n\r\n") < 0) {
			int next = socket.getInputStream().read();
			assertThat(next).as("after '%s'", answer).isNotNegative();
			answer.append((char) next);
		}
		return answer + new String(socket.getInputStream().readNBytes(5), StandardCharsets.US_ASCII);
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

		@GetMapping("/hello")
		Mono<String> hello() {
			return Mono.just("hello");
		}

		@GetMapping("/later")
		Mono<String> later() {
			return Mono.just("later").delayElement(Duration.ofMillis(20));
		}

		@GetMapping("/boom")
		Mono<String> boom() {
			return Mono.error(new IllegalStateException("boom"));
		}

	}

}
