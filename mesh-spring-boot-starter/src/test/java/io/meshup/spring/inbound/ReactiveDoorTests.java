package io.meshup.spring.inbound;

import java.time.Duration;

import reactor.core.publisher.Mono;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The door of a WebFlux application.
 */
class ReactiveDoorTests extends DoorContract {

	@Override
	Class<?> application() {
		return Shop.class;
	}

	@Override
	WebApplicationType type() {
		return WebApplicationType.REACTIVE;
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

		@RequestMapping("/hello")
		Mono<String> hello() {
			return Mono.just("hello");
		}

	}

}
