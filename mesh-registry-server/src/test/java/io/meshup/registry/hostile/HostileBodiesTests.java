package io.meshup.registry.hostile;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.meshup.model.MeshJson;
import io.meshup.registry.RunningRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Bodies and names that want to do harm: beats, sign-ins, tokens, questions, drains and
 * watches. Those in rules: {@code HostileRulesTests}.
 */
class HostileBodiesTests extends RunningRegistry {

	private static final String BEAT = "\"incarnation\":\"p1\",\"host\":\"127.0.0.1\",\"port\":8080,\"status\":\"UP\"";

	static Stream<List<String>> doors() {
		return Stream.of(List.of("PUT", "/api/v1/services/hostile/instances/i1", BEAT, "\"weight\":"),
				List.of("POST", "/api/v1/session", "\"password\":\"wrong-password\"", "\"user\":"),
				List.of("POST", "/api/v1/tokens", "\"name\":\"hostile\",\"role\":\"viewer\"", "\"expiresAt\":"),
				List.of("POST", "/api/v1/explain", "\"service\":\"hostile\"", "\"method\":"));
	}

	// T71
	@ParameterizedTest
	@MethodSource("doors")
	void everyDoorRefusesDepthLongNumbersAndDuplicateKeys(List<String> door) {
		String fields = door.get(2);
		String last = door.get(3);
		String twice = (fields + ",").substring(0, (fields + ",").indexOf(','));
		for (String body : List.of("{" + fields + "," + last + "[".repeat(100_000) + "]".repeat(100_000) + "}",
				"{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000),
				"{" + fields + "," + last + "9".repeat(900_000) + "}",
				"{" + fields + "," + last + "0." + "9".repeat(900_000) + "}",
				"{" + fields + "," + last + "1e999999999}", "{" + fields + "," + twice + "}", "{" + fields + "} {}",
				"{" + fields, "\u0000", "")) {
			assertHarmless(call(door.get(0), door.get(1), body), 400);
		}
	}

	static Stream<String> naughty() {
		return Stream.of("\u0000", "\r\nx: y", "\u202e", "\ud83d\ude00", "../", "..", ".", "%2e%2e", "%2e%2e%2f", "%00",
				"__proto__", "constructor", "x".repeat(10_000), "<script>alert(1)</script>", "'; DROP TABLE rules; --",
				"${jndi:x}", "#{1+1}", "\u00e4", "\ufeff", "\u2028", " ", "\t", "NaN", "null", "true", "-1", "CON",
				"a\\b", "a/b", "\u0130", "\u0085", "\u200d", "a;b", "a?b", "a#b", "*", "~", "&a", "- a", "{a: b}");
	}

	// T72: 40 texts in each of 14 places, 560 in all
	@ParameterizedTest
	@MethodSource("naughty")
	void naughtyNamesOfInstancesAreRefusedOrKeptExactly(String text) {
		String json = MeshJson.mapper().writeValueAsString(text);
		for (String field : List.of("version", "zone", "lane", "incarnation", "host", "scheme", "status")) {
			Map<String, Object> beat = new TreeMap<>(Map.of("host", "127.0.0.1", "port", 8080, "status", "UP"));
			beat.put(field, text);
			String id = "n-" + field;
			EntityExchangeResult<String> answer = call("PUT", "/api/v1/services/naughty/instances/" + id,
					new String(MeshJson.write(beat), StandardCharsets.UTF_8));
			assertHarmless(answer, 200, 400);
			if (answer.getStatus().value() == 200 && !field.equals("incarnation")) {
				assertThat(instance(id).path(field).asString()).isEqualTo(text);
			}
			leave(id);
		}
		for (String metadata : List.of("{" + json + ":\"v\"}", "{\"k\":" + json + "}")) {
			EntityExchangeResult<String> answer = call("PUT", "/api/v1/services/naughty/instances/n-meta",
					"{" + BEAT + ",\"metadata\":" + metadata + "}");
			assertHarmless(answer, 200, 400);
			if (answer.getStatus().value() == 200) {
				assertThat(instance("n-meta").path("metadata"))
					.isEqualTo(MeshJson.readTree(metadata.getBytes(StandardCharsets.UTF_8)));
			}
			leave("n-meta");
		}
		assertHarmless(named("/api/v1/services/{text}/instances/i1", text), 200, 400, 404, 405, 414, 431);
		assertHarmless(named("/api/v1/services/naughty/instances/{text}", text), 200, 400, 404, 405, 414, 431);
		for (String query : List.of("services", "instance", "incarnation")) {
			EntityExchangeResult<String> answer = participant().get()
				.uri((builder) -> builder.path("/api/v1/watch").queryParam(query, "{text}").build(text + ","))
				.header("Last-Event-ID", "x")
				.exchange()
				.expectBody(String.class)
				.returnResult();
			assertHarmless(answer, 400, 414);
		}
	}

	@Test
	void nothingNaughtyIsListed() {
		JsonNode services = MeshJson.readTree(admin().get()
			.uri("/api/v1/services")
			.exchange()
			.expectBody(byte[].class)
			.returnResult()
			.getResponseBody());

		assertThat(services.path("services").valueStream().map((each) -> each.path("name").asString()))
			.allMatch((name) -> name.matches("[a-z0-9]([a-z0-9-]*[a-z0-9])?"));
	}

	private EntityExchangeResult<String> named(String path, String text) {
		EntityExchangeResult<String> answer = participant().put()
			.uri(path, text)
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue("{" + BEAT + "}")
			.exchange()
			.expectBody(String.class)
			.returnResult();
		participant().delete().uri(path + "?incarnation=p1", text).exchange().expectBody().returnResult();
		return answer;
	}

	private EntityExchangeResult<String> call(String method, String path, String body) {
		WebTestClient client = (method.equals("PUT")) ? participant() : admin();
		return client.method(HttpMethod.valueOf(method))
			.uri(path)
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(body)
			.exchange()
			.expectBody(String.class)
			.returnResult();
	}

	private JsonNode instance(String id) {
		JsonNode service = MeshJson.readTree(admin().get()
			.uri("/api/v1/services/naughty")
			.exchange()
			.expectBody(byte[].class)
			.returnResult()
			.getResponseBody());
		return service.path("instances")
			.valueStream()
			.filter((each) -> each.path("id").asString().equals(id))
			.findFirst()
			.orElseThrow();
	}

	private void leave(String id) {
		participant().delete().uri("/api/v1/services/naughty/instances/" + id).exchange().expectBody().returnResult();
	}

	private static void assertHarmless(EntityExchangeResult<String> answer, Integer... statuses) {
		String body = String.valueOf(answer.getResponseBody());
		assertThat(answer.getStatus().value()).as("%s %s: %s", answer.getMethod(), answer.getUrl(), body)
			.isIn((Object[]) statuses);
		assertThat(body).doesNotContain("io.meshup", "tools.jackson", "org.s", "Exception", "\tat ")
			.hasSizeLessThan(20_000);
	}

}
