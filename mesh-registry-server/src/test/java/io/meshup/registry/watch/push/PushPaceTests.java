package io.meshup.registry.watch.push;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PushPace}.
 */
class PushPaceTests {

	private final PushPace pace = new PushPace(0);

	@Test
	void letsTheFirstChangeGoAtOnceAndTheNextAfterTenMilliseconds() {
		assertThat(this.pace.left(0)).isZero();

		this.pace.pushed(0, 1, 20);

		assertThat(this.pace.left(millis(1))).isEqualTo(millis(9));
		assertThat(this.pace.left(millis(11))).isNegative();
	}

	@Test
	void takesWhatSeveralServicesDoInTwentyMillisecondsTogether() {
		this.pace.pushed(0, 2, 20);

		assertThat(this.pace.left(0)).isEqualTo(millis(20));
	}

	@Test
	void letsChangesForAThousandWatchersFollowEachOtherFortyTimesASecond() {
		this.pace.pushed(0, 1, 1_000);

		assertThat(this.pace.left(0)).isEqualTo(millis(25));
	}

	@Test
	void spacesTheLargePushesOfAStormOutByTwoSecondsAtMost() {
		this.pace.pushed(0, 1, PushPace.STORM + 1);
		long small = this.pace.left(0);
		this.pace.pushed(0, 200, 1_000_000);

		assertThat(small).isBetween(millis(250), millis(251));
		assertThat(this.pace.left(0)).isEqualTo(millis(2_000));
	}

	private static long millis(long millis) {
		return Duration.ofMillis(millis).toNanos();
	}

}
