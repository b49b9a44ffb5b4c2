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
	void letsChangesForAThousandWatchersFollowEachOtherFiftyTimesASecond() {
		for (int push = 0; push < 100; push++) {
			assertThat(this.pace.isCalm(millis(20 * push))).isTrue();
			this.pace.pushed(millis(20 * push), 2, 1_000);
			assertThat(this.pace.left(millis(20 * push))).isEqualTo(millis(20));
		}
	}

	@Test
	void holdsWhatOnlyBringsMoreBackWhereHalfAProcessorIsBusy() {
		for (int push = 0; push < 10; push++) {
			this.pace.pushed(millis(20 * push), 2, 2_000);
		}

		assertThat(this.pace.isCalm(millis(200))).isFalse();
		assertThat(this.pace.left(millis(200))).isNotPositive();
		assertThat(this.pace.isCalm(millis(400))).isTrue();
	}

	@Test
	void holdsWhatOnlyBringsMoreBackForTwoSecondsAtMostInAStorm() {
		this.pace.pushed(0, 1, PushPace.STORM + 1);
		assertThat(this.pace.isCalm(millis(230))).isFalse();
		assertThat(this.pace.isCalm(millis(231))).isTrue();

		this.pace.pushed(0, 200, 1_000_000);

		assertThat(this.pace.left(0)).isEqualTo(millis(20));
		assertThat(this.pace.isCalm(millis(1_979))).isFalse();
		assertThat(this.pace.isCalm(millis(1_980))).isTrue();
	}

	private static long millis(long millis) {
		return Duration.ofMillis(millis).toNanos();
	}

}
