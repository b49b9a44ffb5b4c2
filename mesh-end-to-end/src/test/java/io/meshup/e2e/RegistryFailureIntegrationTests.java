package io.meshup.e2e;

import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.meshup.e2e.demo.ComposeProject;
import io.meshup.e2e.load.OpenLoad;
import io.meshup.e2e.machine.Http;
import io.meshup.e2e.mesh.SharedMesh;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls go on without a registry, and a registry that is killed loses nothing that it
 * acknowledged. One outage shows both. Meanwhile the containers of another test start:
 * nothing here has a tight limit.
 */
@ExtendWith({ SharedMesh.Resolver.class, ComposeProject.Resolver.class })
@Order(ComposeProject.LAST - 1)
class RegistryFailureIntegrationTests {

	private static final Duration OUTAGE = Duration.ofSeconds(30);

	private static final int RULES = 200;

	private final Map<String, Long> acknowledged = new ConcurrentHashMap<>();

	private final CountDownLatch enough = new CountDownLatch(RULES);

	private SharedMesh shared;

	@BeforeEach
	void start(SharedMesh mesh) {
		this.shared = mesh;
		mesh.removeRoute();
	}

	@Test
	void losesNoCallAndNoAcknowledgedRuleWhenItIsKilledWhileRulesAreWritten(ComposeProject compose) throws Exception {
		HttpRequest call = HttpRequest
			.newBuilder(this.shared.shop().uri("/relay?uri=" + Http.encode("http://stock/who")))
			.timeout(Duration.ofMinutes(2))
			.build();
		try (OpenLoad load = OpenLoad.start(List.of(call), 200)) {
			Awaitility.await().until(() -> load.sent() >= 200);

			killWhileRulesAreWritten();
			compose.begin();
			callWhatNobodyCalledYet();
			long due = load.sent() + OUTAGE.toSeconds() * 200;
			Awaitility.await().atMost(OUTAGE.multipliedBy(2)).until(() -> load.sent() >= due);
			this.shared.registry().restart();
			this.shared.mesh().awaitUp("stock", 2);
			this.shared.mesh().awaitUp("shop", 1);

			assertThat(load.finish().failed()).as("of %d calls", load.sent()).isEmpty();
		}
		Map<String, Long> kept = kept();
		assertThat(this.acknowledged).hasSizeGreaterThanOrEqualTo(RULES);
		assertThat(this.acknowledged).allSatisfy(
				(name, revision) -> assertThat(kept.get(name)).as(name).isNotNull().isGreaterThanOrEqualTo(revision));
	}

	private void callWhatNobodyCalledYet() {
		Http http = new Http();
		assertThat(http.get(this.shared.gateway().uri("/office/who"))).isNotEmpty();
		assertThat(http.get(this.shared.office().uri("/relay?uri=" + Http.encode("http://shop/who")))).isNotEmpty();
	}

	private void killWhileRulesAreWritten() throws Exception {
		ExecutorService writers = Executors.newFixedThreadPool(4);
		List<Future<?>> running = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			int writer = i;
			running.add(writers.submit(() -> write(writer)));
		}
		this.enough.await();
		this.shared.registry().process().kill();
		for (Future<?> writer : running) {
			writer.get();
		}
		writers.shutdown();
	}

	private Map<String, Long> kept() {
		Map<String, Long> kept = new HashMap<>();
		for (JsonNode rule : this.shared.registry().get("/api/v1/rules").path("rules")) {
			kept.put(rule.path("metadata").path("name").asString(), rule.path("metadata").path("revision").asLong());
		}
		return kept;
	}

	private void write(int writer) {
		for (int number = 0; number < 10_000; number++) {
			String name = "svc-" + writer + "-" + number;
			try {
				this.acknowledged.put(name, this.shared.registry().putRule("TrafficPolicy", name, """
						{"apiVersion":"meshup.io/v1","kind":"TrafficPolicy","metadata":{"name":"%s"},
						 "spec":{"service":"%s","panicThresholdPercent":%d}}""".formatted(name, name, number % 100)));
				this.enough.countDown();
			}
			catch (UncheckedIOException ex) {
				return;
			}
		}
	}

}
