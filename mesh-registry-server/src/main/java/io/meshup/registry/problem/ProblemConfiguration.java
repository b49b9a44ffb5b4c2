package io.meshup.registry.problem;

import io.meshup.registry.limit.RegistryLimits;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Puts the one error handler in place.
 */
@Configuration(proxyBeanMethods = false)
public class ProblemConfiguration {

	@Bean
	ProblemExceptionHandler problemExceptionHandler(RegistryLimits limits) {
		return new ProblemExceptionHandler(limits);
	}

	@Bean
	RefusedRequests refusedRequests() {
		return new RefusedRequests();
	}

}
