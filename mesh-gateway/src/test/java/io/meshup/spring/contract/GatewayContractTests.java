package io.meshup.spring.contract;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.meshup.gateway.GatewayApplication;
import io.meshup.spring.contract.fixture.Answer;
import io.meshup.spring.contract.fixture.Ask;
import io.meshup.spring.contract.fixture.ContractClient;
import io.meshup.spring.contract.fixture.TestMesh;
import io.meshup.traffic.TrafficEngine;
import org.junit.jupiter.api.AfterAll;
import reactor.core.publisher.Mono;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The same cases as for every kind of client, through a running gateway: what a client
 * throws is the gateway's 502, and the request that is served is the one that comes in.
 */
class GatewayContractTests extends KeptAnswerContract {

	private final Map<String, String> served = new ConcurrentHashMap<>();

	private ConfigurableApplicationContext gateway = new GenericApplicationContext();

	@Override
	protected Class<?> configuration() {
		return Nothing.class;
	}

	@Override
	protected ContractClient client(AnnotationConfigApplicationContext context) {
		this.gateway = gateway(mesh());
		return new Calls(HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build(),
				this.gateway.getEnvironment().getProperty("local.server.port", "0"), this.served);
	}

	@Override
	protected void serve(Map<String, String> headers) {
		this.served.clear();
		headers.forEach((name, value) -> this.served.put(Trusted.PREFIX + name, value));
	}

	// A gateway that goes by the test's own mesh.
	static ConfigurableApplicationContext gateway(TestMesh mesh) {
		return new SpringApplicationBuilder(GatewayApplication.class).initializers((application) -> {
			((GenericApplicationContext) application).registerBean(TrafficEngine.class, mesh::engine);
			((GenericApplicationContext) application).registerBean(Trusted.class);
		})
			.run("--server.port=0", "--mesh.registry.urls=http://127.0.0.1:9", "--mesh.cache-dir="
					+ System.getProperty("java.io.tmpdir") + "/mesh-gateway-contract-" + System.nanoTime());
	}

	@AfterAll
	void stopGateway() {
		this.gateway.close();
	}

	@Override
	protected Class<? extends Exception> ioError() {
		return IOException.class;
	}

	@Override
	protected void assertBreaks(Ask ask) {
		try {
			assertThat(client().call(ask).status()).isEqualTo(502);
		}
		catch (Exception ex) {
			throw new AssertionError("the gateway's own answer was expected", ex);
		}
	}

	/**
	 * An outside client.
	 *
	 * @param client the client
	 * @param port the gateway's
	 * @param served headers of each request
	 */
	record Calls(HttpClient client, String port, Map<String, String> served) implements ContractClient {

		@Override
		public Answer call(Ask ask) throws Exception {
			HttpRequest.Builder request = HttpRequest.newBuilder(address(ask.url())).method(ask.method(), body(ask));
			ask.headers().forEach(request::header);
			this.served.forEach(request::header);
			HttpResponse<byte[]> response = this.client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
			return Answer.of(response.statusCode(),
					(names) -> response.headers().map().forEach((name, values) -> names.accept(name, values.get(0))),
					response.body());
		}

		@Override
		public InputStream open(String url) throws Exception {
			return this.client
				.send(HttpRequest.newBuilder(address(url)).build(), HttpResponse.BodyHandlers.ofInputStream())
				.body();
		}

		private URI address(String url) {
			return URI.create(url.replace("http://", "http://127.0.0.1:" + this.port + "/"));
		}

		private static HttpRequest.BodyPublisher body(Ask ask) {
			if (ask.stream() != null) {
				return HttpRequest.BodyPublishers.ofInputStream(ask.stream());
			}
			return (ask.body() != null) ? HttpRequest.BodyPublishers.ofByteArray(ask.body())
					: HttpRequest.BodyPublishers.noBody();
		}

	}

	/**
	 * What the mesh tells from hop to hop, nobody outside may say: an application's own
	 * filter says it for a caller that it trusts.
	 */
	static final class Trusted implements WebFilter, Ordered {

		static final String PREFIX = "trusted-";

		@Override
		public int getOrder() {
			return Ordered.HIGHEST_PRECEDENCE + 1;
		}

		@Override
		public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
			return chain.filter(exchange.mutate().request((request) -> request.headers(Trusted::say)).build());
		}

		private static void say(HttpHeaders headers) {
			for (String name : Set.copyOf(headers.headerNames())) {
				if (name.startsWith(PREFIX)) {
					headers.put(name.substring(PREFIX.length()), headers.remove(name));
				}
			}
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Nothing {

	}

}
