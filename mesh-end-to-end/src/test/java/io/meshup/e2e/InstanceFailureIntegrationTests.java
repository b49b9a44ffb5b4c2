package io.meshup.e2e;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Instances that die or freeze cost no call.
 */
class InstanceFailureIntegrationTests {

	private static final int WARM_UP_CALLS = 1_500;

	private static final List<JavaProcess> callers = new ArrayList<>();

	private static Mesh mesh;

	@BeforeAll
	static void start() {
		mesh = Mesh.start();
		List<JavaProcess> started = List.of(mesh.probe("stock", "v1"), mesh.probe("stock", "v1"),
				mesh.probe("shop", "v1"), mesh.probe("office", "v1"));
		started.forEach(JavaProcess::awaitStarted);
		callers.addAll(started.subList(2, 4));
		mesh.awaitUp("stock", 2);
		mesh.awaitUp("office", 1);
		mesh.registry().putRule("Route", "stock", """
				{"apiVersion":"meshup.io/v1","kind":"Route","metadata":{"name":"stock"},
				 "spec":{"service":"stock","rules":[{"timeouts":{"backendRequest":"300ms"},
				  "retry":{"attempts":2,"on":["connect-failure","reset","timeout"]}}]}}""");
	}

	@AfterAll
	static void stop() {
		mesh.close();
	}

	@Test
	void losesNoCallWhenAnInstanceIsKilled() {
		try (JavaProcess victim = third(); OpenLoad load = load()) {
			awaitSent(load, 400);
			assertThat(load.failures()).as("before the fault").isEmpty();

			victim.kill();
			long killed = System.nanoTime();
			Awaitility.await("suspect or gone at every caller")
				.atMost(Duration.ofMillis(250))
				.pollDelay(Duration.ZERO)
				.pollInterval(Duration.ofMillis(10))
				.until(() -> callers.stream().noneMatch((caller) -> isUp(caller, victim)));
			System.out.printf("suspect at every caller %d ms after the kill%n",
					(System.nanoTime() - killed) / 1_000_000);

			awaitGone(victim, Duration.ofSeconds(2));
			awaitSent(load, load.sent() + 400);
			assertThat(load.finish().failures()).isEmpty();
		}
	}

	@Test
	void losesNoCallWhenAnInstanceFreezesAndTakesItBack() {
		try (JavaProcess victim = third(); OpenLoad load = load()) {
			awaitSent(load, 400);
			assertThat(load.failures()).as("before the fault").isEmpty();

			victim.signal("STOP");
			awaitGone(victim, Duration.ofSeconds(4));
			victim.signal("CONT");
			mesh.awaitUp("stock", 3);

			awaitSent(load, load.sent() + 400);
			assertThat(load.finish().failures()).isEmpty();
			victim.stop();
		}
	}

	private static JavaProcess third() {
		JavaProcess process = mesh.probe("stock", "v1").awaitStarted();
		mesh.awaitUp("stock", 3);
		Awaitility.await("known at every caller")
			.until(() -> callers.stream().allMatch((caller) -> isUp(caller, process)));
		// A Java process that has just started may well need more than 300 ms for its
		// first answers.
		mesh.burst(callers.get(0), "http://stock/who", WARM_UP_CALLS);
		return process;
	}

	private static OpenLoad load() {
		return OpenLoad.start(callers.get(0).uri("/relay?uri=" + Http.encode("http://stock/who")), 200);
	}

	private static void awaitSent(OpenLoad load, long calls) {
		Awaitility.await().until(() -> load.sent() >= calls);
	}

	private static void awaitGone(JavaProcess victim, Duration limit) {
		Awaitility.await("off every list")
			.atMost(limit)
			.pollInterval(Duration.ofMillis(100))
			.until(() -> mesh.registry().instances("stock").size() == 2
					&& callers.stream().noneMatch((caller) -> isListed(caller, victim)));
	}

	private static boolean isUp(JavaProcess caller, JavaProcess instance) {
		return "UP".equals(find(caller, instance).path("status").asString(""));
	}

	private static boolean isListed(JavaProcess caller, JavaProcess instance) {
		return !find(caller, instance).isMissingNode();
	}

	private static JsonNode find(JavaProcess caller, JavaProcess instance) {
		JsonNode view = mesh.view(caller, "stock");
		for (JsonNode candidate : view.path("instances")) {
			if (candidate.at("/instance/port").asInt() == instance.port()) {
				return candidate.path("instance");
			}
		}
		return view.path("none");
	}

}
