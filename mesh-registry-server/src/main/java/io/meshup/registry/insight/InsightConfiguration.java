package io.meshup.registry.insight;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Puts the counting together.
 */
@Configuration(proxyBeanMethods = false)
public class InsightConfiguration {

	@Bean
	Traffic traffic() {
		return new Traffic(System::nanoTime, Runtime.getRuntime().maxMemory());
	}

}
