package io.meshup.demo.storefront;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/**
 * The shop's front: the page at {@code /} and the calls behind it.
 */
@SpringBootApplication(proxyBeanMethods = false)
@EnableConfigurationProperties(StorefrontProperties.class)
public final class StorefrontApplication {

	public static void main(String[] args) {
		SpringApplication.run(StorefrontApplication.class, args);
	}

}
