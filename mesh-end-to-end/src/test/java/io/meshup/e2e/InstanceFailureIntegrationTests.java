package io.meshup.e2e;

import java.net.URI;
import java.time.Duration;
import java.util.List;

import io.meshup.e2e.load.OpenLoad;
import io.meshup.e2e.load.Trial;
import io.meshup.e2e.machine.Http;
import io.meshup.e2e.machine.JavaProcess;
import io.meshup.e2e.mesh.SharedMesh;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Instances that die or freeze cost no call. The one that froze is the one that is killed
 * afterwards, which saves a start.
 */
@ExtendWith(SharedMesh.Resolver.class)
@Order(SharedMesh.LAST)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class InstanceFailureIntegrationTests {

	private static final int WARM_UP_CALLS = 1_500;

	private static final int CALLS = 400;

	private static SharedMesh shared;

	private static List<JavaProcess> callers;

	private static JavaProcess third;

	@BeforeAll
	static void start(SharedMesh mesh) {
		shared = mesh;
		callers = List.of(mesh.shop(), mesh.office());
		third = mesh.mesh().probe("stock", "v1");
		mesh.registry().putRule("Route", "stock", """
				{"apiVersion":"meshup.io/v1","kind":"Route","metadata":{"name":"stock"},
				 "spec":{"service":"stock","rules":[{"timeouts":{"backendRequest":"300ms"},
				  "retry":{"attempts":2,"on":["connect-failure","reset","timeout"]}}]}}""");
	}

	@AfterAll
	static void stop() {
		shared.removeRoute();
		third.close();
		shared.mesh().awaitUp("stock", 2);
	}

	@Test
	@Order(1)
	void losesNoCallWhenAnInstanceFreezesAndTakesItBack() {
		Trial.judge(() -> {
			JavaProcess victim = third();
			try (Trial trial = Trial.start("frozen with SIGSTOP", healthy()); OpenLoad load = shared.load()) {
				awaitSent(load, CALLS);

				trial.begin();
				victim.signal("STOP");
				trial.measure("off every list", Duration.ofSeconds(4), () -> isGone(victim));
				victim.signal("CONT");
				shared.mesh().awaitUp("stock", 3);

				awaitSent(load, load.sent() + CALLS);
				return trial.end(load);
			}
		});
	}

	@Test
	@Order(2)
	void losesNoCallWhenAnInstanceIsKilled() {
		Trial.judge(() -> {
			JavaProcess victim = third();
			try (Trial trial = Trial.start("killed with SIGKILL", healthy()); OpenLoad load = shared.load()) {
				awaitSent(load, CALLS);

				victim.kill();
				trial.begin();
				trial.measure("suspect at every caller", Duration.ofMillis(250),
						() -> callers.stream().noneMatch((caller) -> shared.mesh().isUp(caller, "stock", victim)));
				trial.measure("off every list", Duration.ofSeconds(2), () -> isGone(victim));

				awaitSent(load, load.sent() + CALLS);
				return trial.end(load);
			}
		});
	}

	/**
	 * The third instance, known to every caller and warm: a Java process that has just
	 * started may well need more than 300 ms for its first answers.
	 */
	private static JavaProcess third() {
		if (!third.isAlive()) {
			third = shared.mesh().probe("stock", "v1");
		}
		JavaProcess process = third.awaitStarted();
		shared.mesh().awaitUp("stock", 3);
		callers.forEach((caller) -> shared.mesh().burst(caller, "http://stock/who", 1));
		Awaitility.await("known at every caller")
			.until(() -> callers.stream().allMatch((caller) -> shared.mesh().isUp(caller, "stock", process)));
		shared.mesh().burst(shared.shop(), "http://stock/who", WARM_UP_CALLS);
		return process;
	}

	/**
	 * What no fault touches: each process that the calls need but the victim, and the way
	 * of the calls to a healthy service.
	 */
	private static List<URI> healthy() {
		return List.of(shared.shop().uri("/relay?uri=" + Http.encode("http://office/who")),
				shared.stock().get(0).uri("/who"), shared.stock().get(1).uri("/who"));
	}

	private static boolean isGone(JavaProcess victim) {
		return shared.registry().instances("stock").size() == 2
				&& callers.stream().noneMatch((caller) -> shared.mesh().isListed(caller, "stock", victim));
	}

	private static void awaitSent(OpenLoad load, long calls) {
		Awaitility.await().until(() -> load.sent() >= calls);
	}

}
