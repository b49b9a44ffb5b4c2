package io.meshup.registry.watch;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.micrometer.core.instrument.MeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * T54: a watcher that reads one byte a second over a real connection.
 */
class SlowWatcherTests extends SlowWatcherFixture {

	private static final int CHANGES = 20;

	@Autowired
	private MeterRegistry meters;

	@Test
	void cutsASlowWatcherAndHarmsNoOther() throws IOException, InterruptedException {
		register("large");
		beat("small", "i1").expectStatus().isOk();
		List<EventReader> others = others("small", 8);
		try (SlowReader slow = slow("large", "s1")) {
			double before = pushed();
			for (int mark = 1; mark <= CHANGES; mark++) {
				change("large", 0, mark);
			}
			double handed = pushed() - before;
			long[] spread = spread("small", others, 5);
			Duration cut = awaitCut("large", "s1");
			slow.hurry();
			Awaitility.await().until(slow::isAtItsEnd);

			System.out.printf(
					"T54: cut %d ms after 40 events of others, of which the slowest took %d us; it was "
							+ "handed %.0f KB more for %d changes and has read %d KB%n",
					cut.toMillis(), spread[spread.length - 1], handed / 1024, CHANGES, slow.read() / 1024);
			assertThat(spread).hasSize(5 * 8);
			assertThat(handed).as("for at most two of the changes").isLessThan(2 * 1024 * 1024);
			assertThat(slow.read()).as("what was in its own buffer").isLessThan(256 * 1024);
		}
		finally {
			close(others);
		}
		comesBack();
		leave("large");
	}

	private void comesBack() throws IOException, InterruptedException {
		try (EventReader again = EventReader.open(slowUrl("large", "s1"), TOKEN, Map.of("Last-Event-ID", "1"))) {
			assertThat(again.next("large").data().path("instances").path(0).path("metadata").path("mark").asString())
				.isEqualTo(Integer.toString(CHANGES));
		}
	}

	private double pushed() {
		return this.meters.get("mesh.registry.pushed").counter().count();
	}

}
