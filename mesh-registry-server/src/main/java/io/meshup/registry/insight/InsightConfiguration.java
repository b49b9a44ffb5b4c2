package io.meshup.registry.insight;

import io.meshup.registry.limit.RegistryLimits;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Puts the counting together.
 */
@Configuration(proxyBeanMethods = false)
public class InsightConfiguration {

	@Bean
	Traffic traffic(RegistryLimits limits) {
		return new Traffic(System::nanoTime, limits.edges(), Runtime.getRuntime().maxMemory());
	}

}
