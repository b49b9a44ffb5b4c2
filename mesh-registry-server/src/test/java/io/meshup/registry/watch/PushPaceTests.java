package io.meshup.registry.watch;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PushPace}.
 */
class PushPaceTests {

	private static final PushPace.Pushed ONE_CHANGE = new PushPace.Pushed(1_000, 1_000);

	private static final PushPace.Pushed STORM = new PushPace.Pushed(10_000, 40_000);

	private final PushPace pace = new PushPace(0);

	@Test
	void letsAChangeAfterARestGoAtOnceAndTheNextAfterTenMilliseconds() {
		long before = this.pace.left(millis(100));

		this.pace.pushed(millis(100), ONE_CHANGE);

		assertThat(before).isLessThanOrEqualTo(0);
		assertThat(this.pace.left(millis(100))).isEqualTo(millis(10));
		assertThat(this.pace.left(millis(111))).isNegative();
	}

	@Test
	void neverHoldsBackChangesThatCostLessThanAQuarterOfAProcessor() {
		for (int i = 1; i <= 100; i++) {
			this.pace.pushed(millis(200 * i), ONE_CHANGE);
		}

		assertThat(this.pace.left(millis(200 * 100))).isEqualTo(millis(10));
	}

	@Test
	void spacesPushesOutInAStormByTwoSecondsAtMost() {
		long now = millis(100);
		for (int i = 0; i < 10; i++) {
			this.pace.pushed(now, STORM);
			assertThat(this.pace.left(now)).isBetween(millis(1_000), millis(2_000));
			now += this.pace.left(now);
		}
	}

	@Test
	void forgetsAStormAfterARest() {
		this.pace.pushed(millis(100), STORM);

		this.pace.pushed(millis(5_000), ONE_CHANGE);

		assertThat(this.pace.left(millis(5_000))).isEqualTo(millis(10));
	}

	private static long millis(long millis) {
		return Duration.ofMillis(millis).toNanos();
	}

}
