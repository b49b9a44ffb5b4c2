package io.meshup.registry.problem;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Puts the one error handler in place.
 */
@Configuration(proxyBeanMethods = false)
public class ProblemConfiguration {

	@Bean
	ProblemExceptionHandler problemExceptionHandler() {
		return new ProblemExceptionHandler();
	}

	@Bean
	RefusedRequests refusedRequests() {
		return new RefusedRequests();
	}

}
