package io.meshup.control.watch;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import io.meshup.control.link.ManualTime;
import io.meshup.control.link.Timing;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Backoff}.
 */
class BackoffTests {

	private final ManualTime time = new ManualTime();

	@Test
	void connectsAgainAtOnceToEachRegistryAndThenWithFullJitter() {
		Backoff backoff = new Backoff(this.time.timing(), 2);

		assertThat(backoff.next()).isZero();
		assertThat(backoff.next()).isZero();
		List<Duration> jitter = Stream.generate(backoff::next).limit(1_000).toList();

		assertThat(jitter).allMatch((delay) -> delay.compareTo(Backoff.CAP) < 0);
		assertThat(jitter.stream().mapToLong(Duration::toMillis).average().orElse(0)).isBetween(900.0, 1100.0);
	}

	@Test
	void spreadsManyThatLostTheirLineAtOnceEvenlyOverTwoSeconds() {
		Timing timing = this.time.timing();
		int[] tenths = new int[20];
		for (int i = 0; i < 10_000; i++) {
			Backoff backoff = new Backoff(timing, 1);
			backoff.next();
			tenths[(int) (backoff.next().toMillis() / 100)]++;
		}

		assertThat(Arrays.stream(tenths).boxed()).allSatisfy((count) -> assertThat(count).isBetween(400, 600));
	}

	@Test
	void earnsAnotherAtOnceOnlyByALineSomeTimeLater() {
		Backoff backoff = new Backoff(this.time.timing(), 1);
		backoff.next();
		backoff.connected();
		assertThat(backoff.next()).isPositive();

		this.time.advance(Backoff.CAP);
		backoff.connected();

		assertThat(backoff.next()).isZero();
		assertThat(backoff.next()).isPositive();
	}

}
