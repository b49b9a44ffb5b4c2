package io.meshup.registry.watch;

import java.io.IOException;
import java.net.URI;
import java.util.Map;

import io.meshup.registry.RunningRegistry;
import io.meshup.registry.store.redis.fault.FaultyWay;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * T64 at the registry: a reader that vanished without closing anything, and holds no
 * lease whose end would tell.
 */
@TestPropertySource(properties = "mesh.registry.watch.reader-line=1s")
class VanishedReaderTests extends RunningRegistry {

	@Autowired
	private MeterRegistry meters;

	private double watchers() {
		return this.meters.get("mesh.registry.watchers").gauge().value();
	}

	@Test
	void isForgottenThoughItsConnectionSeemsToHold() throws IOException, InterruptedException {
		try (FaultyWay way = new FaultyWay("127.0.0.1", URI.create(url()).getPort());
				EventReader vanished = EventReader.open("http://127.0.0.1:" + way.port() + "/api/v1/watch?services=v1",
						TOKEN, Map.of())) {
			assertThat(vanished.next("v1").type()).isEqualTo("service");
			assertThat(watchers()).isEqualTo(1);

			long begin = System.nanoTime();
			way.fallSilent();

			await().until(() -> watchers() == 0);
			System.out.printf("T64: a vanished reader was forgotten after %d ms (its line holds 1 s)%n",
					(System.nanoTime() - begin) / 1_000_000);
		}
	}

	@Test
	void goesOnWhereItWasWhenItsLineWasOver() throws IOException, InterruptedException {
		beat("v2", "i1").expectStatus().isOk();
		long seen = 0;
		try (EventReader reader = watch(seen)) {
			EventReader.Event event = reader.next();
			while (!event.type().equals("end")) {
				seen = Math.max(seen, event.id());
				event = reader.next();
			}
		}
		beat("v2", "i2").expectStatus().isOk();

		try (EventReader reader = watch(seen)) {
			assertThat(reader.next("v2").status("i2")).isEqualTo("UP");
		}
	}

	private EventReader watch(long after) throws IOException, InterruptedException {
		return EventReader.open(url() + "/api/v1/watch?services=v2", TOKEN,
				(after > 0) ? Map.of("Last-Event-ID", Long.toString(after)) : Map.of());
	}

}
