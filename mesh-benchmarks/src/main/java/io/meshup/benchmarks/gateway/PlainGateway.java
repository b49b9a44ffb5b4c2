package io.meshup.benchmarks.gateway;

import java.util.Map;

import io.meshup.benchmarks.server.JavaServer;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * Spring Cloud Gateway as people use it for canaries: two routes that share the traffic
 * by weight, each behind a circuit breaker. Nothing else is on its class path.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class PlainGateway {

	private static final String ROUTES = "spring.cloud.gateway.server.webflux.routes";

	public static void main(String[] args) {
		String target = "http://127.0.0.1:" + args[0];
		ApplicationContext context = new SpringApplicationBuilder(PlainGateway.class)
			.properties(Map.of("server.port", "0", "server.address", "127.0.0.1", "logging.level.root", "WARN",
					"spring.main.banner-mode", "off", "spring.main.web-application-type", "reactive",
					// Its bulkhead, on by default, refuses the 26th of 32 connections.
					"spring.cloud.circuitbreaker.bulkhead.resilience4j.enabled", "false",
					// Its limit of 1 s opens the breakers while a busy machine warms up.
					"resilience4j.timelimiter.configs.default.timeout-duration", "10s"))
			.properties(route(0, "v1", target, 80))
			.properties(route(1, "v2", target, 20))
			.run();
		JavaServer.ready(context.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
	}

	private static Map<String, Object> route(int index, String version, String target, int weight) {
		String route = ROUTES + "[" + index + "]";
		return Map.of(route + ".id", "inventory-" + version, route + ".uri", target, route + ".predicates[0]",
				"Weight=inventory, " + weight, route + ".filters[0]", "CircuitBreaker=" + version);
	}

}
