package io.meshup.e2e;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls go on without a registry, and a registry that is killed loses nothing that it
 * acknowledged.
 */
class RegistryFailureIntegrationTests {

	private static final Duration OUTAGE = Duration.ofSeconds(30);

	private Mesh mesh;

	@BeforeEach
	void start() {
		this.mesh = Mesh.start();
	}

	@AfterEach
	void stop() {
		this.mesh.close();
	}

	@Test
	void losesNoCallWhileTheRegistryIsAway() {
		List<JavaProcess> started = List.of(this.mesh.probe("stock", "v1"), this.mesh.probe("stock", "v1"),
				this.mesh.probe("shop", "v1"));
		started.forEach(JavaProcess::awaitStarted);
		this.mesh.awaitUp("stock", 2);
		this.mesh.awaitUp("shop", 1);
		try (OpenLoad load = OpenLoad.start(started.get(2).uri("/relay?uri=" + Http.encode("http://stock/who")), 200)) {
			Awaitility.await().until(() -> load.sent() >= 200);

			this.mesh.registry().process().kill();
			long due = load.sent() + OUTAGE.toSeconds() * 200;
			Awaitility.await().atMost(OUTAGE.multipliedBy(2)).until(() -> load.sent() >= due);
			this.mesh.registry().restart();
			this.mesh.awaitUp("stock", 2);
			this.mesh.awaitUp("shop", 1);

			assertThat(load.finish().failures()).isEmpty();
		}
	}

	@Test
	void keepsEveryAcknowledgedRuleWhenItIsKilledWhileRulesAreWritten() throws Exception {
		Map<String, Long> acknowledged = new ConcurrentHashMap<>();
		ExecutorService writers = Executors.newFixedThreadPool(4);
		CountDownLatch enough = new CountDownLatch(200);
		List<Future<?>> running = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			int writer = i;
			running.add(writers.submit(() -> write(writer, acknowledged, enough)));
		}

		enough.await();
		this.mesh.registry().process().kill();
		for (Future<?> writer : running) {
			writer.get();
		}
		writers.shutdown();
		this.mesh.registry().restart();

		Map<String, Long> kept = new ConcurrentHashMap<>();
		for (JsonNode rule : this.mesh.registry().get("/api/v1/rules").path("rules")) {
			kept.put(rule.path("metadata").path("name").asString(), rule.path("metadata").path("revision").asLong());
		}
		assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(200);
		assertThat(acknowledged).allSatisfy(
				(name, revision) -> assertThat(kept.get(name)).as(name).isNotNull().isGreaterThanOrEqualTo(revision));
	}

	private void write(int writer, Map<String, Long> acknowledged, CountDownLatch enough) {
		for (int number = 0; number < 10_000; number++) {
			String name = "svc-" + writer + "-" + number;
			try {
				acknowledged.put(name, this.mesh.registry().putRule("TrafficPolicy", name, """
						{"apiVersion":"meshup.io/v1","kind":"TrafficPolicy","metadata":{"name":"%s"},
						 "spec":{"service":"%s","panicThresholdPercent":%d}}""".formatted(name, name, number % 100)));
				enough.countDown();
			}
			catch (UncheckedIOException ex) {
				return;
			}
		}
	}

}
