package io.meshup.spring;

import java.util.concurrent.CompletableFuture;

import io.meshup.model.InstanceStatus;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

class ServletParticipantTests extends ParticipantContract {

	@Override
	Class<?> application() {
		return Shop.class;
	}

	@Override
	WebApplicationType type() {
		return WebApplicationType.SERVLET;
	}

	@Override
	String inboundPart() {
		return "servlet-inbound";
	}

	@Test
	void registersTheApplicationsPortWhereTheManagementHasItsOwn() {
		try (RunningApplication app = start("management.server.port=0")) {
			awaitStatus(InstanceStatus.UP);

			assertThat(registry().beats().get(0).port()).isEqualTo(app.port());
		}
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	@RestController
	static class Shop {

		@GetMapping("/hello")
		String hello() {
			return "hello";
		}

		@GetMapping("/later")
		CompletableFuture<String> later() {
			return CompletableFuture.supplyAsync(() -> "later");
		}

		@GetMapping("/boom")
		String boom() {
			throw new IllegalStateException("boom");
		}

	}

}
