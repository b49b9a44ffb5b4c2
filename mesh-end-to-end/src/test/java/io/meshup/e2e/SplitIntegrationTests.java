package io.meshup.e2e;

import java.time.Duration;
import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * A split holds in a client and at the gateway, and follows a change of its rule.
 */
class SplitIntegrationTests {

	private static final int CALLS = 20_000;

	/**
	 * 4.5 standard deviations of a share of 20 % over 20,000 calls.
	 */
	private static final double TOLERANCE = 1.3;

	private static Mesh mesh;

	private static JavaProcess caller;

	private static JavaProcess gateway;

	@BeforeAll
	static void start() {
		mesh = Mesh.start();
		JavaProcess v1 = mesh.probe("stock", "v1");
		JavaProcess v2 = mesh.probe("stock", "v2");
		gateway = mesh.gateway();
		v1.awaitStarted();
		v2.awaitStarted();
		caller = mesh.probe("shop", "v1").awaitStarted();
		gateway.awaitStarted();
		mesh.awaitUp("stock", 2);
		mesh.awaitUp("shop", 1);
	}

	@AfterAll
	static void stop() {
		mesh.close();
	}

	@Test
	void followsTheWeightsAndTheirChange() {
		awaitEnforced(split(80, 20));

		assertShare(mesh.burst(caller, "http://stock/who", CALLS), 20);
		assertShare(mesh.burst(caller, gateway.uri("/stock/who").toString(), CALLS), 20);

		awaitEnforced(split(50, 50));

		assertShare(mesh.burst(caller, "http://stock/who", CALLS), 50);
		assertShare(mesh.burst(caller, gateway.uri("/stock/who").toString(), CALLS), 50);
	}

	private static long split(int first, int second) {
		return mesh.registry().putRule("Route", "stock", """
				apiVersion: meshup.io/v1
				kind: Route
				metadata: {name: stock}
				spec:
				  service: stock
				  rules:
				  - backendRefs: [{version: v1, weight: %d}, {version: v2, weight: %d}]
				""".formatted(first, second));
	}

	private static void awaitEnforced(long revision) {
		Awaitility.await("every caller runs revision " + revision)
			.atMost(Duration.ofMillis(1500))
			.pollInterval(Duration.ofMillis(20))
			.untilAsserted(() -> assertThat(mesh.registry().get("/api/v1/services/stock").path("watchers"))
				.hasSizeGreaterThanOrEqualTo(2)
				.allSatisfy(
						(watcher) -> assertThat(watcher.path("applied").asLong()).isGreaterThanOrEqualTo(revision)));
	}

	private static void assertShare(Map<String, Long> answers, double percent) {
		assertThat(answers.keySet()).as("answers %s", answers).containsExactlyInAnyOrder("v1", "v2");
		double share = 100.0 * answers.get("v2") / CALLS;
		assertThat(share).as("answers %s", answers).isCloseTo(percent, within((percent == 50) ? 1.6 : TOLERANCE));
	}

}
