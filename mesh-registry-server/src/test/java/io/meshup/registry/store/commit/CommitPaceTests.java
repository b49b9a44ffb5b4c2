package io.meshup.registry.store.commit;

import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link CommitPace}.
 */
class CommitPaceTests {

	private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

	private final CommitPace pace = new CommitPace(100 * MILLI);

	@Test
	void beginsTheFirstCommitAtOnce() {
		assertThat(this.pace.left(100 * MILLI)).isNotPositive();
	}

	@Test
	void letsNobodyWaitWhoWritesAlone() {
		this.pace.committed(100 * MILLI, 1);

		assertThat(this.pace.left(101 * MILLI)).isNotPositive();
	}

	@Test
	void beginsCommitsApartWhileSeveralWrite() {
		this.pace.committed(100 * MILLI, 2);

		assertThat(this.pace.left(101 * MILLI)).isEqualTo(3 * MILLI);
		assertThat(this.pace.left(104 * MILLI)).isNotPositive();
	}

	@Test
	void addsNothingToACommitThatTookLonger() {
		this.pace.committed(100 * MILLI, 7);

		assertThat(this.pace.left(109 * MILLI)).isNotPositive();
	}

	@Test
	void goesBackToNoWaitingWithTheFirstLoneWrite() {
		this.pace.committed(100 * MILLI, 5);
		this.pace.committed(104 * MILLI, 1);

		assertThat(this.pace.left(105 * MILLI)).isNotPositive();
	}

	@Test
	void letsChangesOfInstancesGoWithoutWaiting() {
		this.pace.committed(100 * MILLI, 0);

		assertThat(this.pace.left(100 * MILLI)).isNotPositive();
	}

}
