package io.meshup.registry.security;

import io.meshup.registry.RunningRegistry;
import io.meshup.registry.security.rate.OperatorCalls;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link OperatorDoor}: a registry that is busy with as many calls as it takes.
 */
class OperatorDoorTests extends RunningRegistry {

	private final OperatorCalls calls;

	private int taken;

	OperatorDoorTests(@Autowired OperatorCalls calls) {
		this.calls = calls;
	}

	@AfterEach
	void leave() {
		while (this.taken > 0) {
			this.calls.leave();
			this.taken--;
		}
	}

	private int fill() {
		while (this.calls.enter()) {
			this.taken++;
		}
		return this.taken;
	}

	@Test
	void refusesOperatorsWhileTooManyAreServed() {
		fill();

		admin().get()
			.uri("/api/v1/rules")
			.exchange()
			.expectStatus()
			.isEqualTo(503)
			.expectHeader()
			.valueEquals(HttpHeaders.RETRY_AFTER, "1")
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.jsonPath("$.detail")
			.value(String.class, (detail) -> assertThat(detail).contains("200", "mesh.registry.limits.operator-calls"));
		admin().put()
			.uri("/api/v1/rules/Route/busy")
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue("{}")
			.exchange()
			.expectStatus()
			.isEqualTo(503);
		admin().post().uri("/api/v1/services/busy/instances/i1/drain").exchange().expectStatus().isEqualTo(503);

		leave();
		admin().get().uri("/api/v1/rules").exchange().expectStatus().isOk();
	}

	@Test
	void letsParticipantsAndTheHealthInHoweverBusyItIs() {
		fill();

		beat("busy", "i1").expectStatus().isOk();
		admin().put()
			.uri("/api/v1/services/busy/instances/i2")
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue("{\"incarnation\":\"p1\",\"host\":\"127.0.0.1\",\"port\":8080,\"status\":\"UP\"}")
			.exchange()
			.expectStatus()
			.isOk();
		participant().delete()
			.uri("/api/v1/services/busy/instances/i1?incarnation=p1")
			.exchange()
			.expectStatus()
			.is2xxSuccessful();
		participant().get().uri("/api/v1/watch?services=A").exchange().expectStatus().isBadRequest();
		anonymous().get().uri("/actuator/health").exchange().expectStatus().isOk();
	}

	@Test
	void givesEveryPlaceBack() {
		for (int i = 0; i < 3; i++) {
			admin().get().uri("/api/v1/rules").exchange().expectStatus().isOk();
			admin().get().uri("/api/v1/rules/Route/none").exchange().expectStatus().isNotFound();
			participant().get().uri("/api/v1/services").exchange().expectStatus().isForbidden();
		}

		// An answer is with its caller a moment before its place is free.
		await().untilAsserted(() -> {
			leave();
			assertThat(fill()).isEqualTo(200);
		});
	}

}
