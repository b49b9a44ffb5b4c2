package io.meshup.demo.payments;

import java.util.concurrent.ThreadLocalRandom;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * Charges orders. A share of the charges is slow and a share fails, as with real card
 * networks; {@code PATCH /trouble} changes the shares while it runs.
 */
@SpringBootApplication(proxyBeanMethods = false)
@EnableConfigurationProperties(Trouble.class)
public final class PaymentsApplication {

	@Bean
	CardNetwork cardNetwork(Trouble trouble) {
		return new CardNetwork(trouble, () -> ThreadLocalRandom.current().nextDouble());
	}

	public static void main(String[] args) {
		SpringApplication.run(PaymentsApplication.class, args);
	}

}
