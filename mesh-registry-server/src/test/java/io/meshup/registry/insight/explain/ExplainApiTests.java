package io.meshup.registry.insight.explain;

import java.nio.charset.StandardCharsets;

import io.meshup.model.MeshJson;
import io.meshup.registry.RunningRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Questions to a running registry.
 */
class ExplainApiTests extends RunningRegistry {

	private static final String RULES = "/api/v1/rules/Route/explained";

	@BeforeEach
	void someInstances() {
		instance("explained", "i1", "\"version\":\"v1\"");
		instance("explained", "i2", "\"version\":\"v2\"");
		instance("explained", "i3", "\"version\":\"v2\",\"status\":\"DRAINING\"");
		instance("explained", "i4", "\"version\":\"v2\",\"lane\":\"blue\"");
		instance("asking", "s1",
				"\"zone\":\"east\",\"edges\":[{\"to\":\"explained\",\"toVersion\":\"v1\",\"requests\":9,"
						+ "\"errors\":9,\"retries\":0,\"breaker\":\"open\",\"ejected\":[\"i1\"]}]");
		route("""
				[{"name":"testers","matches":[{"path":{"value":"/items"},"headers":[{"name":"X-Beta","value":"1"}],
				   "sources":["asking"]}],"backendRefs":[{"version":"v2"}]},
				 {"name":"beta","matches":[{"queryParams":[{"name":"beta","value":"1"}]}],
				   "backendRefs":[{"version":"v9"}]},
				 {"name":"rest","matches":[{"method":"GET"}],"sticky":{"header":"x-user"},
				   "backendRefs":[{"version":"v1","weight":3},{"version":"v2","weight":1},{"version":"v9","weight":4},
				    {"version":"v8","weight":0}]}]""");
	}

	@AfterEach
	void removeTheRoute() {
		admin().delete().uri(RULES).exchange().expectBody().returnResult();
	}

	@Test
	void namesTheRuleThatDecides() {
		JsonNode answer = ask("""
				{"source":"asking","service":"explained","method":"GET","path":"/items/1","headers":{"x-beta":"1"}}""");

		JsonNode route = answer.path("route");
		assertThat(route.path("rule").asString()).isEqualTo("Route/explained");
		assertThat(route.path("revision").asLong()).isPositive().isLessThanOrEqualTo(answer.path("revision").asLong());
		assertThat(route.path("index").asInt()).isZero();
		assertThat(route.path("name").asString()).isEqualTo("testers");
		assertThat(route.path("rules").path(2).path("matches").asBoolean()).isTrue();
		assertThat(route.path("document").path("backendRefs").path(0).path("version").asString()).isEqualTo("v2");
		assertThat(answer.path("backends").toString())
			.isEqualTo("[{\"service\":\"explained\",\"version\":\"v2\",\"weight\":1,\"percent\":100.0}]");
		assertThat(candidate(answer, "i2").path("candidate").asBoolean()).isTrue();
		assertThat(reasons(answer, "i2")).contains("in zone default: callers in east");
		assertThat(reasons(answer, "i3")).contains("draining, and others are not");
		assertThat(reasons(answer, "i1")).contains("the rule does not send to version v1");
		assertThat(reasons(answer, "i4")).contains("serves the lane blue");
	}

	@Test
	void givesTheSharesThatCallersDraw() {
		JsonNode answer = ask("{\"service\":\"explained\",\"path\":\"/other\"}");

		JsonNode backends = answer.path("backends");
		assertThat(backends.path(0).path("percent").asDouble()).isEqualTo(75);
		assertThat(backends.path(1).path("percent").asDouble()).isEqualTo(25);
		assertThat(backends.path(2).path("out").asString()).isEqualTo("no instance is listed");
		assertThat(backends.path(3).path("out").asString()).isEqualTo("its weight is 0");
		assertThat(backends.path(0).has("chosen")).isFalse();
		assertThat(candidate(answer, "i1").path("candidate").asBoolean()).isTrue();
		assertThat(candidate(answer, "i2").path("candidate").asBoolean()).isTrue();
	}

	@Test
	void aStickyKeyChoosesOneBackend() {
		JsonNode answer = ask("{\"service\":\"explained\",\"headers\":{\"X-User\":\"ann\"}}");

		long chosen = answer.path("backends").valueStream().filter((one) -> one.path("chosen").asBoolean()).count();
		assertThat(chosen).isEqualTo(1);
		assertThat(candidate(answer, "i1").path("candidate").asBoolean())
			.isNotEqualTo(candidate(answer, "i2").path("candidate").asBoolean());
	}

	@Test
	void tellsWhatCallersRunAndLeaveOut() {
		JsonNode answer = ask("{\"source\":\"asking\",\"service\":\"explained\"}");

		JsonNode caller = answer.path("callers").path(0);
		assertThat(caller.path("id").asString()).isEqualTo("s1");
		assertThat(caller.path("inForce").asBoolean()).isFalse();
		assertThat(caller.path("breakers").path("v1").asString()).isEqualTo("open");
		assertThat(reasons(answer, "i1")).contains("ejected by asking/s1", "breaker of v1 open at asking/s1");

		instance("asking", "s1", "\"applied\":" + answer.path("revision").asLong());
		assertThat(ask("{\"source\":\"asking\",\"service\":\"explained\"}").path("callers")
			.path(0)
			.path("inForce")
			.asBoolean()).isTrue();
	}

	@Test
	void aLaneHasItsOwnInstances() {
		JsonNode answer = ask("{\"service\":\"explained\",\"headers\":{\"x-mesh-lane\":\"blue\"}}");

		assertThat(answer.path("lane").asString()).isEqualTo("blue");
		assertThat(candidate(answer, "i4").path("candidate").asBoolean()).isTrue();
		assertThat(reasons(answer, "i1")).contains("the lane blue has instances of its own");
	}

	@Test
	void saysWhenNothingMatchesOrThereIsNoRoute() {
		assertThat(ask("{\"service\":\"explained\",\"method\":\"POST\"}").path("route").path("reason").asString())
			.startsWith("No rule of the route matches");

		admin().delete().uri(RULES).exchange().expectBody().returnResult();
		JsonNode plain = ask("{\"service\":\"explained\"}");
		assertThat(plain.path("route").path("reason").asString()).startsWith("The service has no route");
		assertThat(plain.path("backends").path(0).path("percent").asDouble()).isEqualTo(100);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			{}                                               | 400 | /service          | must be given
			{"service":"No.Name"}                            | 400 | /service          | DNS label
			{"service":"explained","path":"items"}           | 400 | /path             | begins with '/'
			{"service":"explained","path":"/a?b=1"}          | 400 | /path             | queryParams
			{"service":"explained","method":"get"}           | 400 | /method           | upper case
			{"service":"explained","headers":{"a":1}}        | 400 | /headers/a        | must be a text
			{"service":"explained","headers":[]}             | 400 | /headers          | must be an object
			{"service":"explained","query":{}}               | 400 | /query            | known here: source, service
			{"service":"nobody-at-all"}                      | 404 |                   | No instance and no rule
			[]                                               | 400 |                   | must be a JSON object
			{"service":                                      | 400 |                   | does not parse
			""")
	void tellsWhatIsWrongWithAQuestion(String question, int status, String pointer, String message) {
		String problem = post(question).expectStatus()
			.isEqualTo(status)
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();

		assertThat(problem).contains(message);
		if (pointer != null) {
			assertThat(problem).contains("\"pointer\":\"" + pointer + "\"");
		}
	}

	private JsonNode ask(String question) {
		String answer = post(question).expectStatus().isOk().expectBody(String.class).returnResult().getResponseBody();
		return MeshJson.readTree(String.valueOf(answer).getBytes(StandardCharsets.UTF_8));
	}

	private WebTestClient.ResponseSpec post(String question) {
		return admin().post()
			.uri("/api/v1/explain")
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(question)
			.exchange();
	}

	private void instance(String service, String id, String fields) {
		String status = fields.contains("\"status\"") ? "" : "\"status\":\"UP\",";
		put(service, id, "{\"incarnation\":\"p1\",\"host\":\"127.0.0.1\",\"port\":8080," + status + fields + "}")
			.expectStatus()
			.is2xxSuccessful()
			.expectBody()
			.returnResult();
	}

	private void route(String rules) {
		admin().put()
			.uri(RULES)
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue("{\"apiVersion\":\"meshup.io/v1\",\"kind\":\"Route\",\"metadata\":{\"name\":\"explained\"},"
					+ "\"spec\":{\"service\":\"explained\",\"rules\":" + rules + "}}")
			.exchange()
			.expectStatus()
			.is2xxSuccessful()
			.expectBody()
			.returnResult();
	}

	private static JsonNode candidate(JsonNode answer, String id) {
		return answer.path("candidates")
			.valueStream()
			.filter((one) -> one.path("instance").path("id").asString().equals(id))
			.findFirst()
			.orElseThrow();
	}

	private static String reasons(JsonNode answer, String id) {
		return candidate(answer, id).path("reasons").toString();
	}

}
