package io.meshup.balance.health;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RateWindow}.
 */
class RateWindowTests {

	private static final long INTERVAL = Duration.ofMillis(100).toNanos();

	@Test
	void countsTheLastTenIntervals() {
		RateWindow window = new RateWindow(INTERVAL, 0);
		fill(window, 0);

		assertThat(window.successRate(9 * INTERVAL)).isEqualTo(75);
		assertThat(window.successRate(10 * INTERVAL)).isEqualTo(100);
	}

	@Test
	void countsOnAfterMoreIntervalsThanItHasNumbersFor() {
		for (long start : new long[] { (1L << 23) + 100, (1L << 24) - 2, 1L << 24, (1L << 24) + 5, 1L << 33 }) {
			RateWindow window = new RateWindow(INTERVAL, 0);
			fill(window, 0);
			for (int i = 0; i < 30; i++) {
				long now = (start + i) * INTERVAL;
				fill(window, now);
				assertThat(window.successRate(now)).as("interval %d", start + i).isEqualTo(75);
			}
		}
	}

	private static void fill(RateWindow window, long now) {
		for (int i = 0; i < 20; i++) {
			window.add(i % 4 == 0, now);
		}
	}

}
