package io.meshup.registry.security.token;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

import io.meshup.model.MeshJson;
import io.meshup.registry.RunningRegistry;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class TokenApiTests extends RunningRegistry {

	private WebTestClient.ResponseSpec make(String body) {
		return admin().post().uri("/api/v1/tokens").contentType(MediaType.APPLICATION_JSON).bodyValue(body).exchange();
	}

	private static String body(WebTestClient.ResponseSpec answer) {
		return String.valueOf(answer.expectBody(String.class).returnResult().getResponseBody());
	}

	private static JsonNode json(WebTestClient.ResponseSpec answer) {
		return MeshJson.readTree(body(answer).getBytes(StandardCharsets.UTF_8));
	}

	private WebTestClient bearer(String token) {
		return anonymous().mutate().defaultHeaders((headers) -> headers.setBearerAuth(token)).build();
	}

	@Test
	void showsTheSecretOnceAndForgetsItAtTheEnd() {
		JsonNode made = json(make("{\"name\":\"ci\",\"role\":\"operator\",\"expiresAt\":\"2999-01-01T00:00:00Z\"}"));
		String secret = made.path("token").asString();

		JsonNode who = json(bearer(secret).get().uri("/api/v1/session").exchange());
		String list = body(admin().get().uri("/api/v1/tokens").exchange());
		String audit = body(admin().get().uri("/api/v1/audit?kind=token&name=ci").exchange());

		assertThat(secret).startsWith("mesh_").hasSizeGreaterThan(45);
		assertThat(who.path("user").asString()).isEqualTo("token/ci");
		assertThat(who.path("role").asString()).isEqualTo("operator");
		assertThat(list).contains("\"name\":\"ci\"", "\"createdBy\":\"admin\"").doesNotContain(secret, "sha256");
		assertThat(audit).contains("\"action\":\"created\"").doesNotContain(secret);
		assertThat(make("{\"name\":\"ci\",\"role\":\"viewer\"}").expectBody().returnResult().getStatus().value())
			.isEqualTo(409);
		admin().delete().uri("/api/v1/tokens/ci").exchange().expectStatus().isNoContent();
		admin().delete().uri("/api/v1/tokens/ci").exchange().expectStatus().isNotFound();
		bearer(secret).get().uri("/api/v1/session").exchange().expectStatus().isUnauthorized();
	}

	@Test
	void refusesATokenThatIsOver() {
		Instant soon = Instant.now().plusMillis(400);
		String secret = json(make("{\"name\":\"short\",\"role\":\"viewer\",\"expiresAt\":\"" + soon + "\"}"))
			.path("token")
			.asString();

		await().until(() -> bearer(secret).get()
			.uri("/api/v1/session")
			.exchange()
			.returnResult(Void.class)
			.getStatus()
			.value() == 401);
		admin().delete().uri("/api/v1/tokens/short").exchange().expectStatus().isNoContent();
	}

	@Test
	void tellsEverythingThatIsWrongWithAWish() {
		String answer = body(make("{\"name\":\"CI!\",\"role\":\"root\",\"expiresAt\":\"2001-01-01T00:00:00Z\",\"x\":1}")
			.expectStatus()
			.isBadRequest());

		assertThat(answer).contains("/name", "/role", "/expiresAt", "/x");
		for (String body : List.of("", "[]", "nonsense", "{\"name\":\"a\",\"role\":\"participant\"}")) {
			make(body).expectStatus().isBadRequest();
		}
	}

	@Test
	void notesSignInsInTheAuditLog() {
		for (String password : List.of(PASSWORD, "wrong-password")) {
			anonymous().post()
				.uri("/api/v1/session")
				.contentType(MediaType.APPLICATION_JSON)
				.bodyValue("{\"user\":\"admin\",\"password\":\"" + password + "\"}")
				.exchange()
				.expectBody()
				.returnResult();
		}

		String succeeded = body(admin().get().uri("/api/v1/audit?kind=signed-in&user=admin").exchange());
		String failed = body(admin().get().uri("/api/v1/audit?kind=sign-in-failed&name=admin").exchange());

		assertThat(succeeded).contains("\"action\":\"signed-in\"", "127.0.0.1").doesNotContain(PASSWORD);
		assertThat(failed).contains("\"user\":\"anonymous\"", "\"name\":\"admin\"").doesNotContain("wrong-password");
	}

}
