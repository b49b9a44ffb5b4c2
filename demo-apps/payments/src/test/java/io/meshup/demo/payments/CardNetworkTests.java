package io.meshup.demo.payments;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class CardNetworkTests {

	@Test
	void behavesAsBadlyAsItIsTold() {
		CardNetwork network = new CardNetwork(new Trouble(0.2, 0.5, Duration.ofMillis(400)), new Random(7)::nextDouble);

		long failed = IntStream.range(0, 10_000).filter((i) -> !network.next().answers()).count();
		long slow = IntStream.range(0, 10_000).filter((i) -> !network.next().delay().isZero()).count();

		assertThat(failed).isBetween(1_800L, 2_200L);
		assertThat(slow).isBetween(4_750L, 5_250L);
	}

	@Test
	void withoutTroubleEveryChargeIsAnsweredAtOnce() {
		CardNetwork network = new CardNetwork(new Trouble(0, 0, Duration.ofSeconds(1)), () -> 0.0);

		assertThat(network.next()).isEqualTo(new CardNetwork.Outcome(true, Duration.ZERO));
	}

	@Test
	void refusesSharesThatAreNone() {
		assertThatIllegalArgumentException().isThrownBy(() -> new Trouble(1.1, 0, Duration.ZERO))
			.withMessage("'failureShare' must be between 0 and 1 but was 1.1");
		assertThatIllegalArgumentException().isThrownBy(() -> new Trouble(0, Double.NaN, Duration.ZERO));
		assertThatIllegalArgumentException().isThrownBy(() -> new Trouble(0, 0, Duration.ofSeconds(11)))
			.withMessageContaining("'slowDelay'");
	}

}
