package io.meshup.registry.door;

import java.util.concurrent.TimeUnit;

import io.meshup.registry.problem.ApiProblem;
import org.junit.jupiter.api.Test;

import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Kinship}.
 */
class KinshipTests {

	private long nanos;

	private final Kinship kinship = new Kinship("prod", () -> "reg-b", () -> this.nanos);

	// T26
	@Test
	void refusesParticipantsOfAnotherTrustDomain() {
		assertThatExceptionOfType(ApiProblem.class)
			.isThrownBy(() -> this.kinship.check(line("h-1").header(Kinship.TRUST_DOMAIN, "staging").build()))
			.satisfies((refused) -> assertThat(refused.status().value()).isEqualTo(421))
			.satisfies((refused) -> assertThat(refused.detail()).contains("trust domain").doesNotContain("prod"));
		this.kinship.check(line("h-1").header(Kinship.TRUST_DOMAIN, "prod").build());
		this.kinship.check(line("h-1").build());
	}

	// T22
	@Test
	void tellsForAnHourOfThoseThatKnewAnotherRegistry() {
		comes("reg-a", "h-1");
		comes("reg-a", "h-1");
		comes("reg-a", "h-2");
		comes("reg-b", "h-3");
		comes("{\"x\": <script>}", "h-4");
		comes("x".repeat(65), "h-5");

		assertThat(this.kinship.strangers()).containsExactly(new Kinship.Strangers("reg-a", 2));
		this.nanos += TimeUnit.MINUTES.toNanos(61);
		assertThat(this.kinship.strangers()).isEmpty();
	}

	@Test
	void remembersOnlySoMany() {
		for (int i = 0; i < 10_100; i++) {
			comes("reg-a", "h-" + i);
		}

		assertThat(this.kinship.strangers()).containsExactly(new Kinship.Strangers("reg-a", 10_000));
	}

	@Test
	void refusesASettingThatIsNoTrustDomain() {
		assertThatIllegalArgumentException().isThrownBy(() -> new DoorSettings("A b"))
			.withMessageContaining("mesh.registry.trust-domain");
	}

	private void comes(String known, String instance) {
		this.kinship.check(line(instance).header(Kinship.KNOWN_REGISTRY, known).build());
	}

	private static MockServerHttpRequest.BaseBuilder<?> line(String instance) {
		return MockServerHttpRequest.get("/api/v1/watch?instance=orders/" + instance);
	}

}
