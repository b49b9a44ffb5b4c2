package io.meshup.limit;

import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Rate}s at work, and for {@link KeyedAllowances}.
 */
class AllowanceTests {

	private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

	private long now = 77;

	@ParameterizedTest
	@CsvSource({ "1000, 1000, 0", "1000, 1000, 10", "2.5, 1000, 0", "2.5, 1000, 2", "0.4, 1000, 0", "7, 300, 0",
			"1000000, 1000, 1000" })
	void letsThroughWhatTheRateSaysUnderOverload(double requests, long periodMillis, double burst) {
		Rate rate = new Rate(requests, TimeUnit.MILLISECONDS.toNanos(periodMillis), burst);
		Allowance allowance = Allowance.of(rate, this.now);
		long seconds = (requests > 10_000) ? 1 : 60;
		double allowed = requests * 1000 / periodMillis * seconds;

		long granted = overload(allowance, rate, seconds, (long) (allowed / seconds * 3) + 10);

		assertThat((double) granted).isBetween(allowed * 0.99 - 1, allowed * 1.01 + 1 + burst);
	}

	// T93.
	@Test
	void letsThroughAThousandASecondFromTheFirstRequestOn() {
		Rate rate = new Rate(1000, SECOND, 0);

		assertThat(overload(Allowance.of(rate, this.now), rate, 10, 5000)).isBetween(9_900L, 10_100L);
	}

	@Test
	void takesAsManyAtOnceAsAPeriodAllowsAndNoMore() {
		Rate rate = new Rate(5, 10 * SECOND, 0);
		Allowance allowance = Allowance.of(rate, this.now);
		for (int i = 0; i < 5; i++) {
			assertThat(allowance.take(rate, this.now)).isZero();
		}

		long wait = allowance.take(rate, this.now);

		assertThat(wait).isBetween(10 * SECOND, 10 * SECOND + 1);
		assertThat(allowance.take(rate, this.now + wait - 2)).isPositive();
		assertThat(allowance.take(rate, this.now + wait + 1)).isZero();
	}

	@Test
	void neverGrantsMuchMoreThanThePeriodAllowsWhereverItBegins() {
		Rate rate = new Rate(100, SECOND, 0);
		Allowance allowance = Allowance.of(rate, this.now);
		this.now += SECOND * 9 / 10;
		int first = takeAll(allowance, rate);
		this.now += SECOND * 2 / 10;

		assertThat(first).isEqualTo(100);
		assertThat(takeAll(allowance, rate)).isLessThanOrEqualTo(11);
	}

	@Test
	void takesABurstAndThenARequestAtATime() {
		Rate rate = new Rate(100, SECOND, 20);
		Allowance allowance = Allowance.of(rate, this.now);

		assertThat(takeAll(allowance, rate)).isEqualTo(20);
		assertThat(allowance.take(rate, this.now)).isEqualTo(SECOND / 100);
		this.now += SECOND / 100;
		assertThat(takeAll(allowance, rate)).isEqualTo(1);
		this.now += 60 * SECOND;
		assertThat(takeAll(allowance, rate)).isEqualTo(20);
	}

	@Test
	void countsNothingForARequestThatIsGivenBack() {
		for (Rate rate : new Rate[] { new Rate(1, SECOND, 0), new Rate(1, SECOND, 1) }) {
			Allowance allowance = Allowance.of(rate, this.now);
			assertThat(allowance.take(rate, this.now)).isZero();
			allowance.giveBack();
			assertThat(allowance.take(rate, this.now)).isZero();
			assertThat(allowance.take(rate, this.now)).isPositive();
		}
	}

	@Test
	void followsAShareThatChanges() {
		Rate whole = new Rate(100, SECOND, 0);
		Allowance allowance = Allowance.of(whole.times(0.1), this.now);
		assertThat(takeAll(allowance, whole.times(0.1))).isEqualTo(10);
		assertThat(takeAll(allowance, whole.times(0.9))).isEqualTo(80);
		assertThat(allowance.take(whole.times(0), this.now)).isPositive();
	}

	@Test
	void boundsTheNumberOfKeysAndForgetsTheIdleOnes() {
		Rate rate = new Rate(1, SECOND, 0);
		KeyedAllowances keyed = new KeyedAllowances(this.now);
		int granted = 0;
		for (int i = 0; i < 100_000; i++) {
			granted += (keyed.of("key-" + i, rate, this.now).take(rate, this.now) == 0) ? 1 : 0;
		}

		assertThat(keyed.size()).isLessThanOrEqualTo(KeyedAllowances.MAX_KEYS + 1);
		assertThat(granted).isLessThanOrEqualTo(KeyedAllowances.MAX_KEYS + 1);
		assertThat(keyed.of("key-1", rate, this.now).take(rate, this.now)).isPositive();
		this.now += 3 * SECOND;
		assertThat(keyed.of("fresh", rate, this.now).take(rate, this.now)).isZero();
		assertThat(keyed.size()).isEqualTo(1);
	}

	@Test
	void keepsLongKeysShortAndApart() {
		String one = KeyedAllowances.name("x".repeat(8000) + 1);

		assertThat(one).hasSizeLessThan(80).isNotEqualTo(KeyedAllowances.name("x".repeat(8000) + 2));
		assertThat(KeyedAllowances.name("storefront")).isEqualTo("storefront");
	}

	private int takeAll(Allowance allowance, Rate rate) {
		int granted = 0;
		while (allowance.take(rate, this.now) == 0) {
			granted++;
		}
		return granted;
	}

	private long overload(Allowance allowance, Rate rate, long seconds, long perSecond) {
		long granted = 0;
		long end = this.now + seconds * SECOND;
		while (this.now < end) {
			granted += (allowance.take(rate, this.now) == 0) ? 1 : 0;
			this.now += SECOND / perSecond;
		}
		return granted;
	}

}
