package io.meshup.registry.security.password;

import java.time.Duration;

import io.meshup.registry.ManualClock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class VerifiedMemoryTests {

	private final ManualClock clock = new ManualClock();

	@Test
	void remembersARightPasswordForAMinute() {
		VerifiedMemory memory = new VerifiedMemory(this.clock);
		memory.remember("admin", "secret");

		assertThat(memory.knows("admin", "secret")).isTrue();
		assertThat(memory.knows("admin", "other")).isFalse();
		this.clock.advance(Duration.ofSeconds(60));
		assertThat(memory.knows("admin", "secret")).isFalse();
	}

}
