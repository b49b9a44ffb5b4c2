package io.meshup.registry.security.session;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import io.meshup.registry.store.Fact;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SignInLog}.
 */
class SignInLogTests {

	private final List<Fact> noted = new ArrayList<>();

	private final AtomicLong now = new AtomicLong(5);

	private final SignInLog log = new SignInLog(this.noted::add, this.now::get);

	@Test
	void notesAFewHundredOfAYearsWorthOfFailuresADayAndCountsThemAll() {
		int failures = 0;
		for (int minute = 0; minute < 24 * 60; minute++) {
			for (int i = 0; i < 100; i++) {
				this.log.failed("admin", "192.0.2.1");
				failures++;
			}
			this.now.addAndGet(Duration.ofMinutes(1).toNanos());
		}
		this.log.failed("admin", "192.0.2.1");

		assertThat(this.noted).hasSizeLessThan(1_510);
		long leftOut = this.noted.stream().mapToLong((fact) -> fact.content().path("leftOut").asLong(0)).sum();
		assertThat(this.noted.size() + leftOut).isEqualTo(failures + 1);
	}

	@Test
	void notesEachOfAFewFailuresAndEverySuccess() {
		for (int i = 0; i < 60; i++) {
			this.log.failed("admin", "192.0.2.1");
		}
		for (int i = 0; i < 100; i++) {
			this.log.succeeded("admin", "192.0.2.1");
		}

		assertThat(this.noted).hasSize(160);
	}

}
