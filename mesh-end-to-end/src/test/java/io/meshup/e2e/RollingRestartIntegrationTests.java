package io.meshup.e2e;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.meshup.e2e.load.OpenLoad;
import io.meshup.e2e.machine.JavaProcess;
import io.meshup.e2e.mesh.Mesh;
import io.meshup.e2e.mesh.SharedMesh;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Six instances of the demo shop, restarted one after the other under load, cost no call
 * (T5). {@code -Dmesh.rounds} says how often; ten times with the profile full.
 */
@ExtendWith(SharedMesh.Resolver.class)
@Order(SharedMesh.LAST)
class RollingRestartIntegrationTests {

	private static final int ROUNDS = Integer.getInteger("mesh.rounds", Boolean.getBoolean("mesh.full") ? 10 : 2);

	private static final int PER_SECOND = 300;

	private static final Pattern DRAINED = Pattern.compile("Drained in (\\d+) ms: revision \\d+ was confirmed by .*");

	/**
	 * Of the client, that is: how busy the machine is must not matter, only whether an
	 * answer comes.
	 */
	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private static final Map<String, List<String>> SERVICES = Map.of("orders", List.of(), "inventory",
			List.of("--inventory.shelf.teapot=1000000000"), "payments",
			List.of("--payments.failure-share=0", "--payments.slow-share=0"));

	private static final List<String> ORDER = List.of("orders", "inventory", "payments");

	private static final List<JavaProcess> instances = new ArrayList<>();

	private static Mesh mesh;

	private static JavaProcess gateway;

	@BeforeAll
	static void start(SharedMesh shared) {
		mesh = shared.mesh();
		gateway = shared.gateway();
		for (int copy = 0; copy < 2; copy++) {
			List<JavaProcess> pair = new ArrayList<>();
			ORDER.forEach((service) -> pair.add(launch(service, 0)));
			pair.forEach(JavaProcess::awaitStarted);
			instances.addAll(pair);
		}
		ORDER.forEach(RollingRestartIntegrationTests::awaitBoth);
	}

	@AfterAll
	static void stop() {
		instances.forEach(JavaProcess::close);
	}

	@Test
	void losesNoCallWhileEveryInstanceIsRestarted() {
		try (OpenLoad load = OpenLoad.start(requests(), PER_SECOND)) {
			awaitSent(load, 2L * PER_SECOND);
			long begun = System.nanoTime();
			for (int round = 1; round <= ROUNDS; round++) {
				for (int i = 0; i < instances.size(); i++) {
					restart(round, i);
					assertThat(load.failed()).as("after %d requests, round %d", load.sent(), round).isEmpty();
				}
			}
			awaitSent(load, load.sent() + PER_SECOND);
			long took = Duration.ofNanos(System.nanoTime() - begun).toSeconds();
			assertThat(load.finish().failed()).as("of %d requests", load.sent()).isEmpty();
			System.out.printf("%d requests, 0 failed, the slowest took %d ms, %d held back, %d restarts in %d s%n",
					load.sent(), load.slowestMillis(), load.heldBack(), ROUNDS * instances.size(), took);
		}
	}

	/**
	 * Stops an instance as an operator would, and begins to start it again under the same
	 * id. It comes up while the next one stops, which is of another service; no more than
	 * these two start at a time, because they take what the load needs.
	 */
	private static void restart(int round, int index) {
		String service = ORDER.get(index % ORDER.size());
		awaitBoth(service);
		awaitBoth(ORDER.get((index + 1) % ORDER.size()));
		JavaProcess process = instances.get(index).awaitStarted();
		long begun = System.nanoTime();
		process.stop();
		long took = Duration.ofNanos(System.nanoTime() - begun).toMillis();
		Matcher drained = DRAINED.matcher(process.output());
		assertThat(drained.find()).as("a line that says how the drain of %s went", service).isTrue();
		System.out.printf("round %d, %s: stopped in %d ms. %s%n", round, service, took, drained.group());
		instances.set(index, launch(service, process.port()));
	}

	// Under load on a busy machine a start may take minutes.
	private static void awaitBoth(String service) {
		Awaitility.await("both instances of " + service + " up")
			.atMost(Duration.ofMinutes(4))
			.pollInterval(Duration.ofMillis(100))
			.until(() -> mesh.registry().countUp(service) == 2);
	}

	private static JavaProcess launch(String service, int port) {
		return mesh.demo(service, port, SERVICES.getOrDefault(service, List.of()));
	}

	private static List<HttpRequest> requests() {
		String order = "{\"article\":\"teapot\",\"quantity\":1,\"unitCents\":3900}";
		HttpRequest place = request("/orders/orders").header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(order))
			.build();
		HttpRequest latest = request("/orders/orders").build();
		HttpRequest stock = request("/inventory/stock/teapot").build();
		return List.of(place, stock, stock, latest, stock, stock);
	}

	private static HttpRequest.Builder request(String path) {
		URI uri = gateway.uri(path);
		return HttpRequest.newBuilder(uri).timeout(PATIENCE);
	}

	private static void awaitSent(OpenLoad load, long calls) {
		Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> load.sent() >= calls);
	}

}
