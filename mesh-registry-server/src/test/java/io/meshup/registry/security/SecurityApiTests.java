package io.meshup.registry.security;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.meshup.registry.RunningRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.AggregateWith;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseCookie;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SecurityConfiguration}, {@link CredentialsFilter} and signing in:
 * every call with every kind of credentials.
 */
class SecurityApiTests extends RunningRegistry {

	private static final String BEAT = "{\"host\":\"127.0.0.1\",\"port\":1,\"status\":\"UP\"}";

	private String cookie = "";

	private String csrf = "";

	@BeforeEach
	void signIn() {
		signIn(PASSWORD).expectStatus().isOk().expectBody(Map.class).consumeWith((result) -> {
			ResponseCookie given = result.getResponseCookies().getFirst("mesh");
			assertThat(given).isNotNull();
			this.cookie = given.getValue();
			this.csrf = String.valueOf(result.getResponseBody().get("csrf"));
		});
	}

	/**
	 * Status for: nobody, join token, administrator by password, by cookie alone, by
	 * cookie and CSRF token.
	 */
	@ParameterizedTest(name = "{0} {1}")
	@CsvSource({ "PUT,    /api/v1/services/s/instances/i, 401, 200, 200, 403, 200",
			"DELETE, /api/v1/services/s/instances/i, 401, 204, 204, 403, 204",
			"GET,    /api/v1/watch, 401, 400, 400, 400, 400", "GET,    /api/v1/services, 401, 403, 200, 200, 200",
			"GET,    /api/v1/services/none, 401, 403, 404, 404, 404",
			"GET,    /api/v1/topology, 401, 403, 200, 200, 200", "GET,    /api/v1/rules, 401, 403, 200, 200, 200",
			"GET,    /api/v1/rules/Route/none, 401, 403, 404, 404, 404",
			"PUT,    /api/v1/rules/Route/none, 401, 403, 400, 403, 400",
			"DELETE, /api/v1/rules/Route/none, 401, 403, 404, 403, 404",
			"POST,   /api/v1/rules:apply, 401, 403, 400, 403, 400",
			"GET,    /api/v1/schemas/Route, 401, 403, 200, 200, 200",
			"GET,    /api/v1/session, 401, 403, 200, 200, 200", "DELETE, /api/v1/session, 401, 403, 204, 403, 204",
			"GET,    /v3/api-docs, 401, 403, 200, 200, 200", "GET,    /actuator/health, 200, 200, 200, 200, 200",
			"GET,    /actuator/prometheus, 401, 403, 200, 200, 200", "GET,    /actuator/env, 401, 403, 404, 404, 404",
			"POST,   /actuator/env, 401, 403, 404, 403, 404", "GET,    /actuator/heapdump, 401, 403, 404, 404, 404",
			"POST,   /actuator/shutdown, 401, 403, 404, 403, 404", "GET,    /api/v1/nothing, 401, 403, 404, 404, 404",
			"GET,    /api/v1/audit, 401, 403, 200, 200, 200",
			"POST,   /api/v1/services/s/instances/i/drain, 401, 403, 404, 403, 404",
			"POST,   /api/v1/services/s/instances/i, 401, 403, 405, 403, 405",
			"PUT,    /elsewhere, 401, 403, 404, 403, 404", "GET,    /not-there.js, 404, 404, 404, 404, 404" })
	void answersEveryKindOfCredentials(@AggregateWith(Row.Reader.class) Row row) {
		assertThat(row.status(call(row, anonymous(), Map.of()))).as("nobody").isEqualTo(row.expected(0));
		assertThat(row.status(call(row, participant(), Map.of()))).as("join token").isEqualTo(row.expected(1));
		assertThat(row.status(call(row, admin(), Map.of()))).as("password").isEqualTo(row.expected(2));
		assertThat(row.status(call(row, bySession(), Map.of()))).as("cookie").isEqualTo(row.expected(3));
		assertThat(row.status(call(row, bySession(), Map.of("x-mesh-csrf", this.csrf)))).as("cookie and csrf")
			.isEqualTo(row.expected(4));
	}

	@Test
	void refusesWrongCredentialsOfEveryKind() {
		for (String header : List.of("Bearer wrong", "Bearer", "Basic !!",
				"Basic " + HttpHeaders.encodeBasicAuth("x", "y", null), "Digest a", "", "Bearer " + PASSWORD)) {
			anonymous().get()
				.uri("/api/v1/services")
				.header(HttpHeaders.AUTHORIZATION, header)
				.exchange()
				.expectStatus()
				.isUnauthorized()
				.expectHeader()
				.valueEquals(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"mesh\"");
		}
		anonymous().get().uri("/api/v1/services").cookie("mesh", "made-up").exchange().expectStatus().isUnauthorized();
		call(new Row("PUT", "/api/v1/rules/Route/a", List.of()), bySession(), Map.of("x-mesh-csrf", "wrong"))
			.expectStatus()
			.isForbidden();
	}

	@Test
	void protectsTheCookieAndChangesItAtEachLogin() {
		signIn(PASSWORD).expectCookie()
			.httpOnly("mesh", true)
			.expectCookie()
			.sameSite("mesh", "Strict")
			.expectCookie()
			.path("mesh", "/")
			.expectCookie()
			.value("mesh", (value) -> assertThat(value).isNotEqualTo(this.cookie).hasSizeGreaterThan(40));
	}

	@Test
	void endsTheSessionAtSignOut() {
		bySession().delete()
			.uri("/api/v1/session")
			.header("x-mesh-csrf", this.csrf)
			.exchange()
			.expectStatus()
			.isNoContent();

		bySession().get().uri("/api/v1/session").exchange().expectStatus().isUnauthorized();
	}

	@Test
	void throttlesWrongPasswords() {
		List<Integer> statuses = Stream.generate(() -> "wrong")
			.limit(11)
			.map((password) -> signIn("somebody", password).expectBody().returnResult().getStatus().value())
			.toList();

		assertThat(statuses.subList(0, 10)).containsOnly(401);
		assertThat(statuses.get(10)).isEqualTo(429);
		signIn("somebody", "wrong").expectHeader().exists(HttpHeaders.RETRY_AFTER);
	}

	@Test
	void refusesALoginThatIsNoLogin() {
		for (String body : List.of("", "[]", "{}", "{\"user\":1,\"password\":null}", "nonsense")) {
			anonymous().post()
				.uri("/api/v1/session")
				.contentType(MediaType.APPLICATION_JSON)
				.bodyValue(body)
				.exchange()
				.expectStatus()
				.isBadRequest()
				.expectHeader()
				.contentType(MediaType.APPLICATION_PROBLEM_JSON);
		}
	}

	@Test
	void setsTheSecurityHeadersOnEveryAnswer() {
		for (String path : List.of("/api/v1/services", "/actuator/health", "/api/v1/nothing")) {
			admin().get()
				.uri(path)
				.exchange()
				.expectHeader()
				.valueEquals("X-Content-Type-Options", "nosniff")
				.expectHeader()
				.valueMatches("Cache-Control", ".*no-store.*")
				.expectHeader()
				.valueMatches("Content-Security-Policy", "default-src 'none'.*frame-ancestors 'none'");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/v1/rules;x=1", "/api;x/v1/rules", "//api/v1/rules", "/x/../api/v1/rules",
			"/api/v1%2Frules", "/%2e%2e/api/v1/rules", "/%00" })
	void refusesAmbiguousPathsWithAProblem(String path) {
		admin().get()
			.uri(URI.create(url() + path))
			.exchange()
			.expectStatus()
			.isBadRequest()
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.jsonPath("$.detail")
			.isNotEmpty();
	}

	private WebTestClient.ResponseSpec signIn(String password) {
		return signIn("admin", password);
	}

	private WebTestClient.ResponseSpec signIn(String user, String password) {
		return anonymous().post()
			.uri("/api/v1/session")
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue("{\"user\":\"" + user + "\",\"password\":\"" + password + "\"}")
			.exchange();
	}

	private WebTestClient bySession() {
		return anonymous().mutate().defaultCookie("mesh", this.cookie).build();
	}

	private WebTestClient.ResponseSpec call(Row row, WebTestClient client, Map<String, String> headers) {
		WebTestClient.RequestBodySpec call = client.method(HttpMethod.valueOf(row.method()))
			.uri(row.path())
			.headers((all) -> headers.forEach(all::set));
		if (row.method().startsWith("P")) {
			call.contentType(MediaType.APPLICATION_JSON).bodyValue(BEAT);
		}
		return call.exchange();
	}

}
