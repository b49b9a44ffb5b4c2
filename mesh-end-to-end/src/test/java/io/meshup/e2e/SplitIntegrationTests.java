package io.meshup.e2e;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

import io.meshup.e2e.load.Trial;
import io.meshup.e2e.mesh.Meshctl;
import io.meshup.e2e.mesh.SharedMesh;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * A split holds in a client and at the gateway, and follows a change of its rule.
 */
@ExtendWith(SharedMesh.Resolver.class)
@Order(SharedMesh.LAST)
class SplitIntegrationTests {

	/**
	 * So many from each of two callers: 20,000 together, each so many with the profile
	 * full.
	 */
	private static final int CALLS = Boolean.getBoolean("mesh.full") ? 20_000 : 10_000;

	/**
	 * To see that a change is followed, fewer are enough.
	 */
	private static final int FEWER_CALLS = CALLS / 5;

	private static final double DEVIATIONS = 4.5;

	private static SharedMesh shared;

	@BeforeAll
	static void start(SharedMesh mesh) {
		shared = mesh;
	}

	@AfterAll
	static void stop() {
		shared.removeRoute();
	}

	@Test
	void followsTheWeightsAndTheirChange() {
		enforce(80, 20);

		assertShares(20, CALLS);

		enforce(50, 50);

		assertShares(50, FEWER_CALLS);
	}

	private static void enforce(int first, int second) {
		List<URI> healthy = List.of(shared.shop().uri("/who"), shared.registry().uri("/actuator/health"));
		Trial.judge(() -> {
			try (Trial trial = Trial.start("split " + first + "/" + second, healthy)) {
				long revision = split(first, second);
				trial.begin();
				trial.measure("every caller reports revision " + revision, Duration.ofMillis(1500),
						() -> isReported(revision));
				return trial.end();
			}
		});
	}

	@Test
	void isSeenAndSteeredFromTheCommandLine() {
		Meshctl meshctl = new Meshctl(shared.registry());
		String policy = "apiVersion: meshup.io/v1\nkind: TrafficPolicy\nmetadata: {name: stock}\n"
				+ "spec: {service: stock, panicThresholdPercent: 40}\n";

		assertThat(meshctl.run("", "services").output()).contains("stock ", "v1 1/1, v2 1/1");
		assertThat(meshctl.run(policy, "apply", "-f", "-").output()).contains("+ TrafficPolicy/stock created");
		Meshctl.Outcome drain = meshctl.run("", "drain", "stock", "--version", "v2", "--wait");
		assertThat(drain.output()).contains("callers confirmed", "Drained: every caller has confirmed.");
		shared.registry().send("DELETE", "/api/v1/services/stock/versions/v2/drain", "");
		shared.registry().send("DELETE", "/api/v1/rules/TrafficPolicy/stock", "");
		shared.mesh().awaitUp("stock", 2);
	}

	private static long split(int first, int second) {
		return shared.registry().putRule("Route", "stock", """
				apiVersion: meshup.io/v1
				kind: Route
				metadata: {name: stock}
				spec:
				  service: stock
				  rules:
				  - backendRefs: [{version: v1, weight: %d}, {version: v2, weight: %d}]
				""".formatted(first, second));
	}

	private static boolean isReported(long revision) {
		List<Long> applied = shared.registry()
			.get("/api/v1/services/stock")
			.path("watchers")
			.valueStream()
			.map((watcher) -> watcher.path("applied").asLong())
			.toList();
		return applied.size() >= 2 && applied.stream().allMatch((each) -> each >= revision);
	}

	/**
	 * Both at once, from two callers.
	 */
	private static void assertShares(double percent, int calls) {
		CompletableFuture<Map<String, Long>> client = CompletableFuture
			.supplyAsync(() -> shared.mesh().burst(shared.shop(), "http://stock/who", calls));
		String gateway = shared.gateway().uri("/stock/who").toString();
		Map<String, Long> all = new TreeMap<>(shared.mesh().burst(shared.office(), gateway, calls));
		assertShare(all, calls, percent);
		assertShare(client.join(), calls, percent);
		client.join().forEach((version, count) -> all.merge(version, count, Long::sum));
		assertShare(all, 2 * calls, percent);
	}

	private static void assertShare(Map<String, Long> answers, int calls, double percent) {
		assertThat(answers.keySet()).as("answers %s", answers).containsExactlyInAnyOrder("v1", "v2");
		double share = 100.0 * answers.get("v2") / calls;
		double deviation = Math.sqrt(percent * (100 - percent) / calls);
		assertThat(share).as("answers %s", answers).isCloseTo(percent, within(DEVIATIONS * deviation));
	}

}
