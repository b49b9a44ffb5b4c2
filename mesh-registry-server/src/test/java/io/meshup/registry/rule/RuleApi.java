package io.meshup.registry.rule;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.Principal;
import java.util.Map;

import io.meshup.model.MeshJson;
import io.meshup.registry.limit.LimitConfiguration;
import io.meshup.registry.problem.ProblemConfiguration;
import io.meshup.registry.store.MeshStore;
import io.meshup.registry.store.embedded.StoreConfiguration;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.config.EnableWebFlux;
import org.springframework.web.server.WebFilter;

/**
 * The rules API over a real store, as the tests use it.
 */
final class RuleApi implements AutoCloseable {

	static final String SPLIT = """
			apiVersion: meshup.io/v1
			kind: Route
			metadata: {name: inventory}
			spec:
			  service: inventory
			  rules:
			  - name: testers
			    matches:
			    - path: {type: PathPrefix, value: /items}
			      method: GET
			      headers: [{name: x-beta, type: Exact, value: "1"}]
			      sources: [storefront]
			    backendRefs: [{version: v2}]
			  - backendRefs: [{version: v1, weight: 80}, {version: v2, weight: 20}]
			    sticky: {header: x-user}
			    timeouts: {request: 2s, backendRequest: 600ms}
			    retry: {attempts: 2, codes: [502, 503, 504], on: [connect-failure, reset, timeout], backoff: 25ms}
			""";

	static final String POLICY = """
			apiVersion: meshup.io/v1
			kind: TrafficPolicy
			metadata: {name: inventory}
			spec:
			  service: inventory
			  loadBalancer: {algorithm: least-request}
			  outlierDetection: {consecutiveErrors: 5, interval: 1s, baseEjectionTime: 10s, maxEjectionPercent: 50}
			  circuitBreaker: {minimumCalls: 20, window: 10s, failureRatePercent: 50, slowCallDuration: 1s, openDuration: 5s}
			  retryBudget: {percent: 20, minPerSecond: 3}
			  panicThresholdPercent: 50
			""";

	static final MediaType YAML = MediaType.parseMediaType("application/yaml");

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	private final WebTestClient client;

	RuleApi(Path directory, Class<?>... more) {
		this.context.getEnvironment()
			.getPropertySources()
			.addFirst(new MapPropertySource("test", Map.of("mesh.registry.data-dir", directory.toString())));
		this.context.register(WebFlux.class, StoreConfiguration.class, LimitConfiguration.class,
				ProblemConfiguration.class, RuleConfiguration.class, RuleController.class, RuleHistoryController.class);
		if (more.length > 0) {
			this.context.register(more);
		}
		this.context.refresh();
		WebFilter alice = (exchange, chain) -> chain
			.filter(exchange.mutate().principal(Mono.<Principal>just(() -> "alice")).build());
		this.client = WebTestClient.bindToApplicationContext(this.context).webFilter(alice).build();
	}

	WebTestClient client() {
		return this.client;
	}

	MeshStore store() {
		return this.context.getBean(MeshStore.class);
	}

	EntityExchangeResult<String> put(String path, String body) {
		MediaType type = body.startsWith("{") ? MediaType.APPLICATION_JSON : YAML;
		return this.client.put()
			.uri("/api/v1/rules/" + path)
			.contentType(type)
			.bodyValue(body)
			.exchange()
			.expectBody(String.class)
			.returnResult();
	}

	EntityExchangeResult<String> apply(String body, MediaType type) {
		return this.client.post()
			.uri("/api/v1/rules:apply")
			.contentType(type)
			.bodyValue(body)
			.exchange()
			.expectBody(String.class)
			.returnResult();
	}

	EntityExchangeResult<String> get(String path, MediaType type) {
		return this.client.get()
			.uri("/api/v1/rules" + path)
			.accept(type)
			.exchange()
			.expectBody(String.class)
			.returnResult();
	}

	EntityExchangeResult<String> rollback(String path, String query) {
		return this.client.post()
			.uri("/api/v1/rules/" + path + "/rollback?" + query)
			.exchange()
			.expectBody(String.class)
			.returnResult();
	}

	static String route(String name, String service, String rules) {
		return "{\"apiVersion\":\"meshup.io/v1\",\"kind\":\"Route\",\"metadata\":{\"name\":\"" + name
				+ "\"},\"spec\":{\"service\":\"" + service + "\",\"rules\":" + rules + "}}";
	}

	static String policy(String name, String service, String fields) {
		return "{\"apiVersion\":\"meshup.io/v1\",\"kind\":\"TrafficPolicy\",\"metadata\":{\"name\":\"" + name
				+ "\"},\"spec\":{\"service\":\"" + service + "\"" + (fields.isEmpty() ? "" : "," + fields) + "}}";
	}

	@Override
	public void close() {
		this.context.close();
	}

	static JsonNode json(EntityExchangeResult<String> answer) {
		return MeshJson.readTree(String.valueOf(answer.getResponseBody()).getBytes(StandardCharsets.UTF_8));
	}

	@EnableWebFlux
	static class WebFlux {

	}

}
