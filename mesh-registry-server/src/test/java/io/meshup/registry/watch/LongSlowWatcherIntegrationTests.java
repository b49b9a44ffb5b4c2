package io.meshup.registry.watch;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * T54 in numbers: what a watcher that reads one byte a second costs the others. Prints
 * both, in turn; the first two turns warm up.
 */
class LongSlowWatcherIntegrationTests extends SlowWatcherFixture {

	private static final int ROUNDS = 200;

	private static final int OTHERS = 50;

	@Test
	void costsOthersNothing() throws IOException, InterruptedException {
		register("large");
		beat("small", "i1").expectStatus().isOk();
		List<EventReader> others = others("small", OTHERS);
		try {
			for (int turn = 0; turn < 6; turn++) {
				long[] alone = spread("small", others, ROUNDS);
				long[] beside = beside(others);
				System.out.printf("T54 turn %d: alone p50 %d us, p99 %d us; beside a slow one p50 %d us, p99 %d us%n",
						turn, at(alone, 50), at(alone, 99), at(beside, 50), at(beside, 99));
				assertThat(beside).hasSize(ROUNDS * OTHERS);
			}
		}
		finally {
			close(others);
		}
	}

	private long[] beside(List<EventReader> others) throws IOException, InterruptedException {
		try (SlowReader slow = slow("large", "s1")) {
			long[] beside = spread("small", others, ROUNDS);
			awaitCut("large", "s1");
			assertThat(slow.read()).isLessThan(1024);
			return beside;
		}
	}

	/** 625 KB for each change, at 50 KB a second. */
	@Test
	void doesNotCutAThinLine() throws IOException {
		register("thin");
		try (SlowReader thin = slow("thin", "s2", 5_000, Duration.ofMillis(100))) {
			for (int mark = 1; thin.read() < 1_300_000; mark++) {
				change("thin", 0, mark);
				beat("thin-slow", "s2").expectStatus().isOk();
				assertThat(thin.isAtItsEnd()).as("cut after " + thin.read() + " bytes").isFalse();
				LockSupport.parkNanos(100_000_000);
			}
		}
	}

	private static long at(long[] sorted, int percent) {
		return sorted[(int) Math.min(sorted.length - 1, (long) sorted.length * percent / 100)];
	}

}
