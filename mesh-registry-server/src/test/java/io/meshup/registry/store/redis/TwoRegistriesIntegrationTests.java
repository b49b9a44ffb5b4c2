package io.meshup.registry.store.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import io.meshup.model.MeshJson;
import io.meshup.registry.RegistryApplication;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.junit.jupiter.Testcontainers;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Two whole registries over one Redis: leases, drains, the map and sessions.
 */
@Testcontainers(disabledWithoutDocker = true)
class TwoRegistriesIntegrationTests {

	private static final String PASSWORD = "a-password-for-tests";

	private static final String TOKEN = "a-token-for-tests";

	private static final String BASIC = "Basic "
			+ Base64.getEncoder().encodeToString(("admin:" + PASSWORD).getBytes(StandardCharsets.UTF_8));

	private final HttpClient http = HttpClient.newHttpClient();

	private final String name = "two-" + UUID.randomUUID();

	@TempDir
	private Path directory;

	private ConfigurableApplicationContext one;

	private ConfigurableApplicationContext two;

	@BeforeEach
	void start() {
		this.one = registry("one");
		this.two = registry("two");
		await().until(() -> get(this.one, "/api/v1/nodes").path("nodes").size() == 2
				&& get(this.two, "/api/v1/nodes").path("nodes").size() == 2);
	}

	@AfterEach
	void stop() {
		this.one.close();
		this.two.close();
	}

	@Test
	void areOneRegistryToEverybody() throws Exception {
		assertThat(beat(this.one, "stock/s1", said("p1", "UP", 0))).isEqualTo(200);
		await().until(() -> status(this.two, "stock", "s1").equals("UP"));
		assertThat(get(this.two, "/api/v1/services").path("services")).hasSize(1);
		assertThat(beat(this.two, "stock/s1", said("p2", "UP", 0))).as("another process").isEqualTo(409);

		sayWhatTheyRun();
		beatsAtEitherOfThem();
		signsInOnce();
		knowsAtOnceWhoMayComeIn();
		drawsOneMap();
		awaitsTheCallersOfBoth();
	}

	private void sayWhatTheyRun() {
		for (ConfigurableApplicationContext registry : List.of(this.one, this.two)) {
			await().until(() -> get(registry, "/api/v1/nodes").path("nodes")
				.valueStream()
				.allMatch((node) -> !node.path("version").asString("").isEmpty()
						&& node.path("startedAt").asString("").endsWith("Z")));
		}
	}

	// As a proxy spreads them that knows nothing of leases.
	private void beatsAtEitherOfThem() {
		long before = RedisContainer.shared().entries(this.name);
		for (int i = 0; i < 20; i++) {
			assertThat(beat((i % 2 == 0) ? this.two : this.one, "stock/s1", said("p1", "UP", i))).isEqualTo(200);
		}

		await().until(() -> applied(this.one) == 19 && applied(this.two) == 19);
		assertThat(RedisContainer.shared().entries(this.name) - before).as("written to Redis").isZero();
		JsonNode nodes = get(this.two, "/api/v1/nodes");
		assertThat(nodes.path("nodes").path(0).path("instances").asInt()).as("its lease has not moved").isZero();
	}

	private long applied(ConfigurableApplicationContext registry) {
		return get(registry, "/api/v1/services/stock").path("instances").path(0).path("applied").asLong();
	}

	private void signsInOnce() {
		String login = "{\"user\":\"admin\",\"password\":\"" + PASSWORD + "\"}";
		HttpResponse<String> signedIn = send(this.one, "POST", "/api/v1/session", login, "Accept", "*/*");
		String cookie = signedIn.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
		await().until(() -> send(this.two, "GET", "/api/v1/session", "", "Cookie", cookie).statusCode() == 200);
		String csrf = MeshJson.readTree(signedIn.body().getBytes(StandardCharsets.UTF_8)).path("csrf").asString();
		assertThat(send(this.two, "DELETE", "/api/v1/session", "", "Cookie", cookie, "x-mesh-csrf", csrf).statusCode())
			.isEqualTo(204);

		await().until(() -> send(this.one, "GET", "/api/v1/session", "", "Cookie", cookie).statusCode() == 401);
	}

	// The other node has perhaps not heard of it yet, and asks before it refuses.
	private void knowsAtOnceWhoMayComeIn() {
		String login = "{\"user\":\"admin\",\"password\":\"" + PASSWORD + "\"}";
		for (int i = 0; i < 10; i++) {
			HttpResponse<String> made = send(this.one, "POST", "/api/v1/tokens",
					"{\"name\":\"t" + i + "\",\"role\":\"viewer\"}", "Authorization", BASIC);
			String token = MeshJson.readTree(made.body().getBytes(StandardCharsets.UTF_8)).path("token").asString();
			assertThat(send(this.two, "GET", "/api/v1/services", "", "Authorization", "Bearer " + token).statusCode())
				.isEqualTo(200);
			HttpResponse<String> signedIn = send(this.one, "POST", "/api/v1/session", login, "Accept", "*/*");
			String cookie = signedIn.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
			assertThat(send(this.two, "GET", "/api/v1/session", "", "Cookie", cookie).statusCode()).isEqualTo(200);
		}
		assertThat(send(this.two, "GET", "/api/v1/services", "", "Authorization", "Bearer mesh_" + "x".repeat(43))
			.statusCode()).isEqualTo(401);
	}

	private void drawsOneMap() {
		for (int i = 1; i <= 2; i++) {
			beat(this.two, "shop/c1", said("p1", "UP", 0)
					+ ",\"edges\":[{\"to\":\"stock\",\"toVersion\":\"v1\",\"requests\":" + 100 * i + "}]");
		}

		await().until(() -> get(this.one, "/api/v1/topology?window=60s").path("edges").size() == 1);
	}

	private void awaitsTheCallersOfBoth() {
		CompletableFuture<?> line = this.http.sendAsync(
				request(this.two, "/api/v1/watch?instance=shop/c1&incarnation=p1&services=stock", bearer()).build(),
				HttpResponse.BodyHandlers.discarding());
		await().until(() -> get(this.one, "/api/v1/services/stock").path("watchers").size() == 1
				|| beat(this.two, "shop/c1", said("p1", "UP", 0)) != 200);
		beat(this.one, "stock/s1", said("p1", "DRAINING", 0));
		await().until(() -> drain(this.one).path("callers").asInt() == 1
				&& drain(this.one).path("awaiting").path(0).asString("").equals("shop/c1"));
		assertThat(drain(this.one).path("done").asBoolean()).isFalse();
		long revision = drain(this.one).path("revision").asLong();
		assertThat(drain(this.two).path("revision").asLong()).isEqualTo(revision);

		beat(this.two, "shop/c1", said("p1", "UP", revision));

		await().until(() -> drain(this.one).path("done").asBoolean() && drain(this.two).path("done").asBoolean());
		beat(this.one, "stock/s1", said("p1", "UP", 0));
		line.cancel(true);
	}

	private JsonNode drain(ConfigurableApplicationContext registry) {
		return get(registry, "/api/v1/services/stock").path("instances").path(0).path("drain");
	}

	private String status(ConfigurableApplicationContext registry, String service, String id) {
		for (JsonNode instance : get(registry, "/api/v1/services/" + service).path("instances")) {
			if (instance.path("id").asString().equals(id)) {
				return instance.path("status").asString();
			}
		}
		return "none";
	}

	private int beat(ConfigurableApplicationContext registry, String instance, String said) {
		String path = "/api/v1/services/" + instance.replace("/", "/instances/");
		String body = "{\"host\":\"127.0.0.1\",\"port\":8080," + said + "}";
		return send(registry, "PUT", path, body, "Authorization", bearer()).statusCode();
	}

	private static String said(String incarnation, String status, long applied) {
		return "\"incarnation\":\"%s\",\"status\":\"%s\",\"applied\":%d".formatted(incarnation, status, applied);
	}

	private JsonNode get(ConfigurableApplicationContext registry, String path) {
		String body = send(registry, "GET", path, "", "Authorization", BASIC).body();
		return MeshJson.readTree(body.getBytes(StandardCharsets.UTF_8));
	}

	private HttpResponse<String> send(ConfigurableApplicationContext registry, String method, String path, String body,
			String... headers) {
		try {
			HttpRequest request = HttpRequest.newBuilder(uri(registry, path))
				.headers(headers)
				.header("Content-Type", "application/json")
				.method(method, HttpRequest.BodyPublishers.ofString(body))
				.build();
			return this.http.send(request, HttpResponse.BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private static HttpRequest.Builder request(ConfigurableApplicationContext registry, String path, String header) {
		return HttpRequest.newBuilder(uri(registry, path)).header("Authorization", header);
	}

	private static URI uri(ConfigurableApplicationContext registry, String path) {
		return URI.create("http://127.0.0.1:" + registry.getEnvironment().getProperty("local.server.port") + path);
	}

	private static String bearer() {
		return "Bearer " + TOKEN;
	}

	private ConfigurableApplicationContext registry(String folder) {
		RedisContainer redis = RedisContainer.shared();
		return new SpringApplicationBuilder(RegistryApplication.class).run("--server.port=0",
				"--mesh.registry.store=redis", "--mesh.registry.redis.name=" + this.name,
				"--spring.data.redis.host=" + redis.getHost(), "--spring.data.redis.port=" + redis.port(),
				"--mesh.registry.data-dir=" + this.directory.resolve(folder),
				"--mesh.registry.security.admin-password=" + PASSWORD, "--mesh.registry.security.join-token=" + TOKEN);
	}

}
