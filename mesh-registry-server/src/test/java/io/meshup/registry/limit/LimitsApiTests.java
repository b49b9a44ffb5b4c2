package io.meshup.registry.limit;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

import io.meshup.registry.RunningRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.BodyInserters;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A registry with small limits: each breach is a 4xx that says what was expected and
 * which property says so.
 */
@TestPropertySource(properties = { "mesh.registry.limits.body-size=4KB", "mesh.registry.limits.name-length=12",
		"mesh.registry.limits.message-length=20", "mesh.registry.limits.watched-services=3",
		"mesh.registry.limits.api-tokens=1", "mesh.registry.limits.instance.metadata-size=64B",
		"mesh.registry.limits.instance.list-entries=10", "mesh.registry.limits.question.entries=2",
		"mesh.registry.limits.question.text-length=40", "mesh.registry.limits.document.list-entries=3",
		"mesh.registry.limits.wrong-passwords-per-user=2" })
class LimitsApiTests extends RunningRegistry {

	private static final String ROUTE = "{\"apiVersion\":\"meshup.io/v1\",\"kind\":\"Route\",\"metadata\":"
			+ "{\"name\":\"%1$s\"},\"spec\":{\"service\":\"%1$s\",\"rules\":[%2$s]}}";

	@ParameterizedTest
	@CsvSource({ "PUT,/api/v1/rules/Route/limited", "POST,/api/v1/rules:apply", "POST,/api/v1/tokens",
			"POST,/api/v1/explain", "POST,/api/v1/session", "PUT,/api/v1/services/limited/instances/a" })
	void limitsBodies(HttpMethod method, String path) {
		String atTheLimit = "{" + " ".repeat(4096 - 2) + "}";
		String above = atTheLimit + " ";
		Flux<DataBuffer> pieces = Flux.range(0, 5)
			.map((i) -> DefaultDataBufferFactory.sharedInstance
				.wrap(" ".repeat(1024).getBytes(StandardCharsets.UTF_8)));

		sent(method, path, atTheLimit).expectStatus().isBadRequest();
		isRefused(sent(method, path, above), 413, "4KB (4096 bytes; mesh.registry.limits.body-size)");
		isRefused(by(path).method(method)
			.uri(path)
			.contentType(MediaType.APPLICATION_JSON)
			.body(BodyInserters.fromDataBuffers(pieces))
			.exchange(), 413, "mesh.registry.limits.body-size");
	}

	@Test
	void limitsNames() {
		beat("twelve-chars", "a").expectStatus().isOk();
		isRefused(beat("thirteen-long", "a"), 400, "at most 12 characters (mesh.registry.limits.name-length)");
		String path = "/api/v1/rules/Route/";
		sent(HttpMethod.PUT, path + "twelve-chars", ROUTE.formatted("twelve-chars", "{}")).expectStatus().isCreated();
		isRefused(sent(HttpMethod.PUT, path + "thirteen-long", ROUTE.formatted("thirteen-long", "{}")), 400,
				"at most 12 characters");
		isRefused(sent(HttpMethod.POST, "/api/v1/tokens", "{\"name\":\"thirteen-long\",\"role\":\"viewer\"}"), 400,
				"at most 12 characters, mesh.registry.limits.name-length");
	}

	@Test
	void limitsMetadata() {
		metadata("x".repeat(63)).expectStatus().isOk();
		isRefused(metadata("x".repeat(64)), 400,
				"at most 64 bytes of names and values (mesh.registry.limits.instance.metadata-size) but had 65");
		isRefused(metadata("\u00e4".repeat(32)), 400, "but had 65");
	}

	@Test
	void limitsTheListsOfABeat() {
		rejected(10).expectStatus().isOk();
		isRefused(rejected(11), 400, "at most 10 entries (mesh.registry.limits.instance.list-entries) but had 11");
	}

	@Test
	void limitsTheListsOfARule() {
		String path = "/api/v1/rules/Route/lists";
		sent(HttpMethod.PUT, path, ROUTE.formatted("lists", "{},{},{}")).expectStatus().isCreated();
		isRefused(sent(HttpMethod.PUT, path, ROUTE.formatted("lists", "{},{},{},{}")), 400,
				"must be a list of 1 to 3 rules but was a list of 4 (see mesh.registry.limits.document.list-entries)");
	}

	@Test
	void limitsMessages() {
		String path = "/api/v1/rules/Route/message?message=";
		sent(HttpMethod.PUT, path + "m".repeat(20), ROUTE.formatted("message", "{}")).expectStatus().isCreated();
		isRefused(sent(HttpMethod.PUT, path + "m".repeat(21), ROUTE.formatted("message", "{},{}")), 400,
				"at most 20 characters (mesh.registry.limits.message-length)");
	}

	@Test
	void limitsWhatAWatchNames() {
		isRefused(participant().get().uri("/api/v1/watch?services=a,b,c,d").exchange(), 400,
				"at most 3 names (mesh.registry.limits.watched-services)");
	}

	@Test
	void limitsTokens() {
		sent(HttpMethod.POST, "/api/v1/tokens", "{\"name\":\"one\",\"role\":\"viewer\"}").expectStatus().isCreated();
		isRefused(sent(HttpMethod.POST, "/api/v1/tokens", "{\"name\":\"two\",\"role\":\"viewer\"}"), 409,
				"at most 1 tokens (mesh.registry.limits.api-tokens)");
		admin().delete().uri("/api/v1/tokens/one").exchange().expectStatus().isNoContent();
	}

	@Test
	void limitsQuestions() {
		beat("explained", "a").expectStatus().isOk();
		question("{\"a\":\"1\",\"b\":\"2\"}").expectStatus().isOk();
		isRefused(question("{\"a\":\"1\",\"b\":\"2\",\"c\":\"3\"}"), 400, "mesh.registry.limits.question.entries");
		question("{\"a\":\"" + "x".repeat(40) + "\"}").expectStatus().isOk();
		isRefused(question("{\"a\":\"" + "x".repeat(41) + "\"}"), 400, "mesh.registry.limits.question.text-length");
	}

	@Test
	void limitsWrongPasswords() {
		String wrong = "{\"user\":\"limited\",\"password\":\"wrong\"}";
		for (int i = 0; i < 2; i++) {
			sent(HttpMethod.POST, "/api/v1/session", wrong.replace("wrong\"", i + "\"")).expectStatus()
				.isUnauthorized();
		}
		isRefused(sent(HttpMethod.POST, "/api/v1/session", wrong), 429,
				"mesh.registry.limits.wrong-passwords-per-user");
	}

	private WebTestClient.ResponseSpec metadata(String value) {
		return put("limited", "a",
				"{\"host\":\"127.0.0.1\",\"port\":1,\"status\":\"UP\",\"metadata\":{\"k\":\"" + value + "\"}}");
	}

	private WebTestClient.ResponseSpec rejected(int count) {
		List<String> rules = IntStream.range(0, count).mapToObj((i) -> "{\"rule\":\"Route/" + i + "\"}").toList();
		return put("limited", "a",
				"{\"host\":\"127.0.0.1\",\"port\":1,\"status\":\"UP\",\"rejected\":[" + String.join(",", rules) + "]}");
	}

	private WebTestClient.ResponseSpec question(String headers) {
		return sent(HttpMethod.POST, "/api/v1/explain", "{\"service\":\"explained\",\"headers\":" + headers + "}");
	}

	private WebTestClient.ResponseSpec sent(HttpMethod method, String path, String body) {
		return by(path).method(method).uri(path).contentType(MediaType.APPLICATION_JSON).bodyValue(body).exchange();
	}

	private WebTestClient by(String path) {
		if (path.endsWith("/session")) {
			return anonymous();
		}
		return path.contains("/instances/") ? participant() : admin();
	}

	private static void isRefused(WebTestClient.ResponseSpec answer, int status, String says) {
		answer.expectStatus()
			.isEqualTo(status)
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody(String.class)
			.value((body) -> assertThat(body).contains(says));
	}

}
