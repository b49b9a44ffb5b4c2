package io.meshup.registry.security;

import io.meshup.registry.RunningRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

/**
 * Tests for {@link ParticipantDoor}.
 */
class ParticipantDoorTests extends RunningRegistry {

	private static final String BEAT = "/api/v1/services/door/instances/i1";

	private static final String BODY = "{\"incarnation\":\"p1\",\"host\":\"127.0.0.1\",\"port\":8080,\"status\":\"UP\"}";

	@Test
	void answersAParticipantTheSameOnBothWays() {
		for (String accept : new String[] { MediaType.APPLICATION_JSON_VALUE, "application/*" }) {
			put(participant(), accept).expectStatus()
				.isOk()
				.expectHeader()
				.contentType(MediaType.APPLICATION_JSON)
				.expectHeader()
				.valueMatches(HttpHeaders.CACHE_CONTROL, ".*no-store.*")
				.expectHeader()
				.valueEquals("X-Content-Type-Options", "nosniff")
				.expectBody()
				.jsonPath("$.beat")
				.isEqualTo("1s");
		}
	}

	@Test
	void givesParticipantsASignOfLife() {
		participant().get().uri("/api/v1/alive").exchange().expectStatus().isNoContent().expectBody().isEmpty();
		anonymous().get().uri("/api/v1/alive").exchange().expectStatus().isUnauthorized();
	}

	@Test
	void refusesAWrongTokenAsEverywhereElse() {
		WebTestClient stranger = anonymous().mutate().defaultHeaders((headers) -> headers.setBearerAuth("x")).build();

		put(stranger, MediaType.APPLICATION_JSON_VALUE).expectStatus()
			.isUnauthorized()
			.expectHeader()
			.valueMatches(HttpHeaders.WWW_AUTHENTICATE, "Bearer.*");
		put(anonymous(), MediaType.APPLICATION_JSON_VALUE).expectStatus().isUnauthorized();
		stranger.get().uri("/api/v1/watch?services=*").exchange().expectStatus().isUnauthorized();
	}

	// T26
	@Test
	void refusesParticipantsOfAnotherTrustDomain() {
		WebTestClient foreign = participant().mutate().defaultHeader("x-mesh-trust-domain", "staging").build();

		put(foreign, MediaType.APPLICATION_JSON_VALUE).expectStatus().isEqualTo(421);
		put(foreign, "application/*").expectStatus().isEqualTo(421);
		foreign.get().uri("/api/v1/watch?services=*").exchange().expectStatus().isEqualTo(421);
		put(participant().mutate().defaultHeader("x-mesh-trust-domain", "mesh.local").build(),
				MediaType.APPLICATION_JSON_VALUE)
			.expectStatus()
			.isOk();
	}

	@Test
	void letsAnAdministratorInOnTheLongWay() {
		put(admin(), MediaType.APPLICATION_JSON_VALUE).expectStatus().isOk();
	}

	@Test
	void opensNothingElseToTheJoinToken() {
		participant().get().uri(BEAT + "/drain").exchange().expectStatus().isForbidden();
		participant().get().uri("/api/v1/services").exchange().expectStatus().isForbidden();
		participant().put()
			.uri("/api/v1/rules/Route/door")
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue("{}")
			.exchange()
			.expectStatus()
			.isForbidden();
	}

	private static WebTestClient.ResponseSpec put(WebTestClient client, String accept) {
		return client.put()
			.uri(BEAT)
			.header(HttpHeaders.ACCEPT, accept)
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(BODY)
			.exchange();
	}

}
