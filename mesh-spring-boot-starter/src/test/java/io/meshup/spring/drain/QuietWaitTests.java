package io.meshup.spring.drain;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class QuietWaitTests {

	private static final Duration LONG = Duration.ofSeconds(30);

	private final AtomicInteger asked = new AtomicInteger();

	@Test
	void waitsForASilenceAfterTheLastCall() throws InterruptedException {
		new QuietWait(5, LONG).await(() -> this.asked.incrementAndGet() <= 7);

		assertThat(this.asked).hasValue(7 + 5);
	}

	@Test
	void waitsForNothingWithoutADelay() throws InterruptedException {
		QuietWait.of(Duration.ZERO, LONG).await(() -> this.asked.incrementAndGet() > 0);

		assertThat(this.asked).hasValue(0);
	}

	@Test
	void givesUpWhereCallsGoOnComing() throws InterruptedException {
		new QuietWait(5, Duration.ofMillis(50)).await(() -> this.asked.incrementAndGet() > 0);

		assertThat(this.asked).hasValueGreaterThan(1);
	}

	@Test
	void spendsAtMostWhatIsLeftAndAtLeastTheSilence() {
		Duration silence = Duration.ofMillis(200);

		assertThat(QuietWait.of(silence, LONG)).isEqualTo(new QuietWait(20, LONG));
		assertThat(QuietWait.of(silence, Duration.ofSeconds(-1))).isEqualTo(new QuietWait(20, silence));
	}

}
