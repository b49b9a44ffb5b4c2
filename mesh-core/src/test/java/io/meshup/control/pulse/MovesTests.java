package io.meshup.control.pulse;

import java.time.Duration;

import io.meshup.control.link.ManualTime;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Moves}.
 */
class MovesTests {

	@Test
	void leavesSilentRegistriesEverMoreRarelyUntilItSettled() {
		ManualTime time = new ManualTime();
		Moves moves = Moves.ofSilent(time.timing());
		int count = 0;
		for (int second = 0; second < 3_600; second++) {
			count += moves.mayMove() ? 1 : 0;
			time.advance(Duration.ofSeconds(1));
		}
		assertThat(count).as("in an hour").isBetween(50, 80);
		time.advance(Moves.MOST_STAY_OF_SILENT.multipliedBy(4));
		assertThat(moves.mayMove()).isTrue();
		time.advance(Moves.LEAST_STAY_OF_SILENT.multipliedBy(2));

		assertThat(moves.mayMove()).isTrue();
	}

	@Test
	void goesRoundEverMoreRarelyWhereAllSendItAway() {
		ManualTime time = new ManualTime();
		Moves moves = Moves.ofSentAway(time.timing());
		int count = 0;
		for (int second = 0; second < 3_600; second++) {
			count += moves.mayMove() ? 1 : 0;
			time.advance(Duration.ofSeconds(1));
		}
		assertThat(count).as("in an hour").isBetween(8, 14);
		moves.settled();
		time.advance(Moves.MOST_STAY.multipliedBy(2));
		assertThat(moves.mayMove()).isTrue();
		time.advance(Moves.LEAST_STAY.multipliedBy(2));

		assertThat(moves.mayMove()).isTrue();
	}

}
