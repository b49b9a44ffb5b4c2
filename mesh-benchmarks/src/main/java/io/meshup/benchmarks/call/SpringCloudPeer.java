package io.meshup.benchmarks.call;

import java.util.Map;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.retry.Retry;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.restclient.autoconfigure.RestClientBuilderConfigurer;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;

/**
 * The same without the mesh: Spring Cloud LoadBalancer over a fixed list of instances,
 * with Resilience4j's circuit breaker and retry around the call, in their leanest form.
 */
final class SpringCloudPeer implements AutoCloseable {

	private final ConfigurableApplicationContext context;

	private final RestClient client;

	private final CircuitBreaker breaker = CircuitBreaker.ofDefaults("inventory");

	private final Retry retry = Retry.ofDefaults("inventory");

	SpringCloudPeer(int backend) {
		String instances = "spring.cloud.discovery.client.simple.instances.inventory";
		String uri = "http://127.0.0.1:" + backend;
		this.context = new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.properties(Map.of("mesh.enabled", "false", "spring.application.name", "peer", "logging.level.root",
					"ERROR", "spring.main.banner-mode", "off", "spring.cloud.gateway.server.webflux.enabled", "false",
					instances + "[0].uri", uri, instances + "[1].uri", uri))
			.run();
		this.client = this.context.getBean(RestClient.Builder.class).build();
	}

	@Nullable String call(String uri) {
		return Retry
			.decorateSupplier(this.retry,
					CircuitBreaker.decorateSupplier(this.breaker,
							() -> this.client.get().uri(uri).retrieve().body(String.class)))
			.get();
	}

	@Override
	public void close() {
		this.context.close();
	}

	/**
	 * An application with Spring Cloud LoadBalancer.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		@LoadBalanced
		RestClient.Builder loadBalanced(RestClientBuilderConfigurer configurer) {
			return configurer.configure(RestClient.builder());
		}

	}

}
