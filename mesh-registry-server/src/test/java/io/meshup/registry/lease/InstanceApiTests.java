package io.meshup.registry.lease;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.stream.Stream;

import io.meshup.model.MeshJson;
import io.meshup.registry.RunningRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import org.springframework.http.MediaType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link InstanceController} and {@link ServiceController}.
 */
class InstanceApiTests extends RunningRegistry {

	private static final String GOOD = "\"host\":\"127.0.0.1\",\"port\":8080,\"status\":\"UP\"";

	@Test
	void registersAndShowsAnInstance() {
		put("shown", "i1",
				"{\"incarnation\":\"p1\",\"host\":\"127.0.0.1\",\"port\":8080,\"status\":\"UP\",\"version\":\"v2\","
						+ "\"metadata\":{\"team\":\"shop\"},\"applied\":42,\"somethingNew\":[1]}")
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.lease")
			.isEqualTo("3s500ms")
			.jsonPath("$.beat")
			.isEqualTo("1s")
			.jsonPath("$.revision")
			.isNumber();

		JsonNode service = get("/api/v1/services/shown");
		JsonNode instance = service.path("instances").path(0);
		assertThat(instance.path("id").asString()).isEqualTo("i1");
		assertThat(instance.path("metadata").path("team").asString()).isEqualTo("shop");
		assertThat(instance.path("applied").asLong()).isEqualTo(42);
		assertThat(instance.path("registeredAt").asString()).endsWith("Z");
		assertThat(service.path("revision").asLong()).isPositive();
		assertThat(get("/api/v1/services").toString()).contains("\"name\":\"shown\",\"versions\":{\"v2\":");
		assertThat(get("/api/v1/topology").path("nodes").toString()).contains("\"service\":\"shown\"");
	}

	@Test
	void answersWithSharesOfLimitsInDemand() {
		put("shared", "i1", "{" + GOOD + ",\"demand\":[{\"limit\":\"m/0\",\"rate\":12.5}]}").expectBody()
			.jsonPath("$.shares['m/0']")
			.isEqualTo(1.0);
		beat("unshared", "i1").expectBody().jsonPath("$.shares").doesNotExist();
	}

	@Test
	void refusesAnotherProcessWith409() {
		beat("conflict", "i1").expectStatus().isOk();

		put("conflict", "i1", "{\"incarnation\":\"p2\"," + GOOD + "}").expectStatus()
			.isEqualTo(409)
			.expectBody()
			.jsonPath("$.detail")
			.value(String.class, (detail) -> assertThat(detail).contains("'conflict/i1'"));
		participant().delete()
			.uri("/api/v1/services/conflict/instances/i1?incarnation=p2")
			.exchange()
			.expectStatus()
			.isEqualTo(409);
		participant().get()
			.uri("/api/v1/watch?services=*&instance=conflict/i1&incarnation=p2")
			.exchange()
			.expectStatus()
			.isEqualTo(409)
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON);
	}

	@Test
	void leavesAtOnceAndAnyNumberOfTimes() {
		beat("leaving", "i1").expectStatus().isOk();

		for (int i = 0; i < 2; i++) {
			participant().delete().uri("/api/v1/services/leaving/instances/i1").exchange().expectStatus().isNoContent();
		}

		admin().get().uri("/api/v1/services/leaving").exchange().expectStatus().isNotFound();
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("malformed")
	void refusesAMalformedRegistration(String body, List<String> pointers) {
		JsonNode problem = problem("bad-input", "i1", body, 400);

		assertThat(pointers(problem)).containsExactlyInAnyOrderElementsOf(pointers);
		assertThat(problem.toString()).doesNotContain("io.meshup")
			.doesNotContain("tools.jackson")
			.doesNotContain("java.");
		admin().get().uri("/api/v1/services/bad-input").exchange().expectStatus().isNotFound();
	}

	@ParameterizedTest(name = "{0} {1}")
	@MethodSource("malformedNames")
	void refusesANameThatIsNotOfTheGrammar(String service, String id) {
		JsonNode problem = problem(service, id, "{" + GOOD + "}", 400);

		assertThat(problem.path("violations").size()).isPositive();
	}

	@Test
	void refusesABodyOfMoreThanOneMegabyte() {
		String body = "{" + GOOD + ",\"x\":\"" + "a".repeat(1024 * 1024) + "\"}";

		problem("bad-input", "i1", body, 413);
	}

	@Test
	void refusesABodyThatIsNotJson() {
		participant().put()
			.uri("/api/v1/services/bad-input/instances/i1")
			.contentType(MediaType.APPLICATION_XML)
			.bodyValue("<a/>")
			.exchange()
			.expectStatus()
			.isEqualTo(415);
	}

	static Stream<Arguments> malformedNames() {
		Stream<Arguments> services = Stream
			.of("A", "a_b", "-a", "a-", "a.b", "localhost", "a".repeat(64), "\u00e4", "a b", "*", "{x}", "a:b")
			.map((service) -> Arguments.of(service, "i1"));
		Stream<Arguments> ids = Stream.of("i 1", "i".repeat(129), "\u00fc", "i#1", "<b>", "i@1", "i,1")
			.map((id) -> Arguments.of("good", id));
		return Stream.concat(services, ids);
	}

	static Stream<Arguments> malformed() {
		return Stream.concat(malformedText(), Stream.concat(malformedFields(), malformedLists()));
	}

	private static Stream<Arguments> malformedText() {
		return Stream
			.of("", "{", "}", "nonsense", "{\"host\":}", "{\"host\":\"a\",}", "{" + GOOD + "} x",
					"{" + GOOD + ",\"port\":1}", "\u0000", "[".repeat(10_000), "{\"port\":NaN}", "{'host':'a'}", "[]",
					"null", "1", "\"text\"")
			.map((body) -> Arguments.of(body, List.of("")));
	}

	private static Stream<Arguments> malformedFields() {
		return Stream.of(bad("{}", "/host", "/port", "/status"),
				bad("{\"host\":null,\"port\":null,\"status\":null}", "/host", "/port", "/status"),
				bad("{\"host\":\"\",\"port\":0,\"status\":\"up\"}", "/host", "/port", "/status"),
				changed("host", "\"a b\"", "/host"), changed("host", "\"http://a\"", "/host"),
				changed("host", "\"a/b\"", "/host"), changed("host", "\"a@b\"", "/host"), changed("host", "5", "/host"),
				changed("host", "\"" + "a".repeat(254) + "\"", "/host"), changed("host", "\"a\\r\\nb\"", "/host"),
				changed("port", "65536", "/port"), changed("port", "-1", "/port"), changed("port", "\"80\"", "/port"),
				changed("port", "80.5", "/port"), changed("port", "8e1", "/port"),
				changed("port", "99999999999999999999", "/port"), changed("port", "true", "/port"),
				changed("port", "1e999999999", "/port"), changed("status", "\"SUSPECT\"", "/status"),
				changed("status", "1", "/status"), changed("status", "[\"UP\"]", "/status"),
				with("\"scheme\":\"ftp\"", "/scheme"), with("\"version\":\"\"", "/version"),
				with("\"version\":2", "/version"), with("\"version\":\"a b\"", "/version"),
				with("\"version\":\"v1/x\"", "/version"), with("\"zone\":{}", "/zone"), with("\"lane\":1", "/lane"),
				with("\"weight\":-1", "/weight"), with("\"weight\":1000001", "/weight"),
				with("\"weight\":1.5", "/weight"), with("\"weight\":\"5\"", "/weight"),
				with("\"incarnation\":7", "/incarnation"),
				with("\"incarnation\":\"" + "a".repeat(129) + "\"", "/incarnation"), with("\"applied\":-1", "/applied"),
				with("\"applied\":9007199254740993", "/applied"), with("\"applied\":\"1\"", "/applied"));
	}

	private static Stream<Arguments> malformedLists() {
		String edge = "\"to\":\"b\",\"toVersion\":\"v1\",\"requests\":1";
		return Stream.of(with("\"metadata\":[]", "/metadata"), with("\"metadata\":{\"a\":1}", "/metadata/a"),
				with("\"metadata\":{\"a/b\":{},\"c~d\":null}", "/metadata/a~1b", "/metadata/c~0d"),
				with("\"metadata\":{\"a\":\"" + "x".repeat(8193) + "\"}", "/metadata"),
				with("\"rejected\":{}", "/rejected"), with("\"rejected\":[1]", "/rejected/0"),
				with("\"rejected\":[{}]", "/rejected/0/rule"),
				with("\"rejected\":[{\"rule\":\"Route/a\",\"revision\":-1,\"reason\":5}]", "/rejected/0/revision",
						"/rejected/0/reason"),
				with("\"edges\":\"x\"", "/edges"), with("\"edges\":[null]", "/edges/0"),
				with("\"edges\":[{}]", "/edges/0/to", "/edges/0/toVersion", "/edges/0/requests"),
				with("\"edges\":[{" + edge + ",\"errors\":-1,\"retries\":\"x\"}]", "/edges/0/errors",
						"/edges/0/retries"),
				with("\"edges\":[{" + edge + ",\"breaker\":\"ajar\"}]", "/edges/0/breaker"),
				with("\"edges\":[{" + edge + ",\"latency\":\"%%\"}]", "/edges/0/latency"),
				with("\"edges\":[{" + edge + ",\"ejected\":[1]}]", "/edges/0/ejected/0"),
				with("\"edges\":[{" + edge + ",\"source\":\"x\"}]", "/edges/0/source"),
				with("\"demand\":[{\"limit\":\"\",\"rate\":-1}]", "/demand/0/limit", "/demand/0/rate"),
				with("\"edges\":[" + "{},".repeat(1000) + "{}]", "/edges"));
	}

	private static Arguments with(String field, String... pointers) {
		return bad("{" + GOOD + "," + field + "}", pointers);
	}

	private static Arguments changed(String name, String value, String... pointers) {
		return bad("{" + GOOD.replaceFirst("\"" + name + "\":(\"[^\"]*\"|[0-9]+)",
				Matcher.quoteReplacement("\"" + name + "\":" + value)) + "}", pointers);
	}

	private static Arguments bad(String body, String... pointers) {
		return Arguments.of(body, List.of(pointers));
	}

	private JsonNode problem(String service, String id, String body, int status) {
		byte[] answer = participant().put()
			.uri("/api/v1/services/{service}/instances/{id}", service, id)
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(body.getBytes(StandardCharsets.UTF_8))
			.exchange()
			.expectStatus()
			.isEqualTo(status)
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.returnResult()
			.getResponseBody();
		return MeshJson.readTree((answer != null) ? answer : new byte[0]);
	}

	private static List<String> pointers(JsonNode problem) {
		return problem.path("violations").valueStream().map((violation) -> {
			assertThat(violation.path("message").asString()).isNotBlank();
			return violation.path("pointer").asString();
		}).toList();
	}

	private JsonNode get(String path) {
		byte[] answer = admin().get()
			.uri(path)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.returnResult()
			.getResponseBody();
		return MeshJson.readTree((answer != null) ? answer : new byte[0]);
	}

}
