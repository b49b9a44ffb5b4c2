package io.meshup.registry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.client.ClientResponse;

/**
 * One registry on a real port, shared by all tests that only differ in what they ask.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
public abstract class RunningRegistry {

	protected static final String PASSWORD = "a-password-for-tests";

	protected static final String TOKEN = "a-token-for-tests";

	@LocalServerPort
	private int port;

	@DynamicPropertySource
	static void settings(DynamicPropertyRegistry registry) {
		Path directory = directory();
		registry.add("mesh.registry.data-dir", directory::toString);
		registry.add("mesh.registry.security.admin-password", () -> PASSWORD);
		registry.add("mesh.registry.security.join-token", () -> TOKEN);
		registry.add("mesh.registry.limits.anonymous-burst", () -> 100_000);
	}

	protected final String url() {
		return "http://127.0.0.1:" + this.port;
	}

	protected final WebTestClient anonymous() {
		return WebTestClient.bindToServer()
			.baseUrl(url())
			.responseTimeout(Duration.ofSeconds(30))
			.filter((request, next) -> next.exchange(request).flatMap(RunningRegistry::readToItsEnd))
			.build();
	}

	protected final WebTestClient participant() {
		return anonymous().mutate().defaultHeaders((headers) -> headers.setBearerAuth(TOKEN)).build();
	}

	protected final WebTestClient admin() {
		return anonymous().mutate().defaultHeaders((headers) -> headers.setBasicAuth("admin", PASSWORD)).build();
	}

	protected final WebTestClient.ResponseSpec put(String service, String id, String body) {
		return participant().put()
			.uri("/api/v1/services/{service}/instances/{id}", service, id)
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(body)
			.exchange();
	}

	protected final WebTestClient.ResponseSpec beat(String service, String id) {
		return put(service, id, "{\"incarnation\":\"p1\",\"host\":\"127.0.0.1\",\"port\":8080,\"status\":\"UP\"}");
	}

	// A test that looks at the head alone would leave the body's buffers unreleased.
	private static Mono<ClientResponse> readToItsEnd(ClientResponse response) {
		return DataBufferUtils.join(response.body(BodyExtractors.toDataBuffers())).map((joined) -> {
			byte[] bytes = new byte[joined.readableByteCount()];
			joined.read(bytes);
			DataBufferUtils.release(joined);
			return bytes;
		})
			.defaultIfEmpty(new byte[0])
			.map((bytes) -> response.mutate()
				.body((read) -> Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(bytes)))
				.build());
	}

	private static Path directory() {
		try {
			Path directory = Files.createTempDirectory(Path.of("target"), "registry").toAbsolutePath();
			directory.toFile().deleteOnExit();
			return directory;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
