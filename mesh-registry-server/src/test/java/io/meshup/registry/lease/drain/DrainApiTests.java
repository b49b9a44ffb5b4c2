package io.meshup.registry.lease.drain;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.meshup.model.MeshJson;
import io.meshup.registry.RunningRegistry;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link DrainController} and for what beats are told of a drain.
 */
class DrainApiTests extends RunningRegistry {

	private final List<Runnable> beating = new ArrayList<>();

	@Test
	void drainsAnInstanceWhateverItSaysAndTakesItBack() {
		up("drained", "i1", "v1");
		up("drained", "i2", "v1");

		JsonNode said = json("POST", "/api/v1/services/drained/instances/i1/drain", 200);
		assertThat(said.path("scope").asString()).isEqualTo("instance");
		assertThat(said.path("by").asString()).isEqualTo("admin");
		awaitService("drained", (service) -> {
			assertThat(service.at("/instances/0/status").asString()).isEqualTo("DRAINING");
			assertThat(service.at("/instances/0/drain/done").asBoolean()).isTrue();
			assertThat(service.at("/instances/0/drain/revision").asLong()).isPositive();
			assertThat(service.at("/instances/1/status").asString()).isEqualTo("UP");
			assertThat(service.at("/instances/1").has("drain")).isFalse();
			assertThat(service.at("/drains/0/name").asString()).isEqualTo("i1");
		});

		for (int i = 0; i < 2; i++) {
			json("DELETE", "/api/v1/services/drained/instances/i1/drain", 204);
		}
		awaitService("drained", (service) -> {
			assertThat(service.at("/instances/0/status").asString()).isEqualTo("UP");
			assertThat(service.path("drains").size()).isZero();
		});
	}

	@Test
	void survivesThatTheInstanceLeavesAndComesBack() {
		beat("returning", "i1");
		json("POST", "/api/v1/services/returning/instances/i1/drain", 200);

		participant().delete().uri("/api/v1/services/returning/instances/i1").exchange().expectStatus().isNoContent();
		assertThat(service("returning").at("/drains/0/name").asString()).isEqualTo("i1");
		up("returning", "i1", "v2");

		awaitService("returning",
				(service) -> assertThat(service.at("/instances/0/status").asString()).isEqualTo("DRAINING"));
	}

	@Test
	void drainsAWholeVersion() {
		up("versioned", "i1", "v1");
		up("versioned", "i2", "v2");

		json("POST", "/api/v1/services/versioned/versions/v2/drain", 200);
		up("versioned", "i3", "v2");

		awaitService("versioned", (service) -> {
			assertThat(service.path("instances").valueStream().map((one) -> one.path("status").asString()))
				.containsExactly("UP", "DRAINING", "DRAINING");
			assertThat(service.at("/instances/1/drain/scope").asString()).isEqualTo("version");
			assertThat(json("DELETE", "/api/v1/services/versioned/instances/i2/drain", 409).path("detail").asString())
				.contains("whole version was drained by 'admin'");
		});
		json("DELETE", "/api/v1/services/versioned/versions/v2/drain", 204);
		awaitService("versioned",
				(service) -> assertThat(service.at("/instances/1/status").asString()).isEqualTo("UP"));
	}

	@Test
	void refusesWhatIsNotThere() {
		beat("present", "i1");

		assertThat(json("POST", "/api/v1/services/present/instances/i2/drain", 404).path("detail").asString())
			.contains("Nothing runs as 'present/instances/i2'");
		json("POST", "/api/v1/services/absent/instances/i1/drain", 404);
		json("POST", "/api/v1/services/present/versions/v9/drain", 404);
		json("POST", "/api/v1/services/present/instances/i@1/drain", 400);
		json("DELETE", "/api/v1/services/present/instances/i2/drain", 204);
	}

	@Test
	void tellsADrainingInstanceWhoIsAwaited() {
		beat("leaving-itself", "i1");

		await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
			JsonNode grant = MeshJson.readTree(bytes(put("leaving-itself", "i1",
					"{\"incarnation\":\"p1\",\"host\":\"127.0.0.1\",\"port\":8080,\"status\":\"DRAINING\"}")));
			assertThat(grant.at("/drain/done").asBoolean()).isTrue();
			assertThat(grant.at("/drain/awaiting").size()).isZero();
			assertThat(service("leaving-itself").at("/instances/0/drain/scope").asString()).isEqualTo("self");
			assertThat(
					json("DELETE", "/api/v1/services/leaving-itself/instances/i1/drain", 409).path("detail").asString())
				.contains("itself is leaving");
		});
	}

	@Test
	void tellsAnInstanceThatIsUpNothingOfDrains() {
		assertThat(MeshJson.readTree(bytes(beat("not-leaving", "i1"))).has("drain")).isFalse();
	}

	private void up(String service, String id, String version) {
		Runnable beat = () -> put(service, id,
				"{\"incarnation\":\"p2\",\"host\":\"127.0.0.1\",\"port\":8080,\"status\":\"UP\",\"version\":\""
						+ version + "\"}");
		beat.run();
		this.beating.add(beat);
	}

	private void awaitService(String name, Consumer<JsonNode> check) {
		await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
			this.beating.forEach(Runnable::run);
			check.accept(service(name));
		});
	}

	private JsonNode service(String name) {
		return json("GET", "/api/v1/services/" + name, 200);
	}

	private JsonNode json(String method, String path, int status) {
		return MeshJson.readTree(bytes(
				admin().method(HttpMethod.valueOf(method)).uri(path).exchange().expectStatus().isEqualTo(status)));
	}

	private static byte[] bytes(WebTestClient.ResponseSpec response) {
		byte[] body = response.expectBody().returnResult().getResponseBody();
		return (body != null && body.length > 0) ? body : "{}".getBytes(StandardCharsets.UTF_8);
	}

}
