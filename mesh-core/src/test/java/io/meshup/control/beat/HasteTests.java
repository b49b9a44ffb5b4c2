package io.meshup.control.beat;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Haste}.
 */
class HasteTests {

	@Test
	void hastensLessAndLess() {
		Haste haste = new Haste();
		Duration interval = Duration.ofMillis(200);
		assertThat(haste.next(interval)).isEqualTo(interval);

		haste.told(Set.of("catalog/h-1", "catalog/h-2"));

		assertThat(List.of(haste.next(interval), haste.next(interval), haste.next(interval), haste.next(interval)))
			.extracting(Duration::toMillis)
			.containsExactly(25L, 50L, 100L, 200L);
		haste.told(Set.of("catalog/h-1"));
		assertThat(haste.next(interval)).isEqualTo(interval);
		haste.told(Set.of());
		haste.told(Set.of("catalog/h-1"));
		assertThat(haste.next(interval)).isEqualTo(Haste.FIRST_PAUSE);
	}

	@Test
	void hastensAgainWhenAnotherInstanceLeaves() {
		Haste haste = new Haste();
		Duration interval = Duration.ofMillis(200);
		haste.told(Set.of("catalog/h-1"));
		List.of(haste.next(interval), haste.next(interval), haste.next(interval));
		assertThat(haste.next(interval)).isEqualTo(interval);

		haste.told(Set.of("catalog/h-1", "catalog/h-2"));

		assertThat(haste.next(interval)).isEqualTo(Haste.FIRST_PAUSE);
	}

}
