package io.meshup.e2e.full;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.meshup.control.RegistryClient;
import io.meshup.control.beat.BeatContent;
import io.meshup.e2e.load.OfferedLoad;
import io.meshup.e2e.machine.Command;
import io.meshup.e2e.mesh.RunningRegistry;
import io.meshup.model.Instance;
import io.meshup.model.InstanceStatus;
import io.meshup.model.ServiceSnapshot;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * T57 at the registry: operators offer five times what it can serve. It serves on, tells
 * the rest to come later, and no participant notices. The registry has one processor and
 * the load with the participants the other one. Prints a table. Long runs.
 */
class LongOverloadIntegrationTests {

	private static final int INSTANCES = 30;

	private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("mesh.overload.seconds", 20));

	private static final String DOCUMENTS = IntStream.range(0, 50)
		.mapToObj((i) -> route("d" + i, 2))
		.collect(Collectors.joining(",", "[", "]"));

	@TempDir
	private Path folder;

	private RunningRegistry registry;

	private final List<RegistryClient> clients = new ArrayList<>();

	private final Set<String> seen = new ConcurrentSkipListSet<>();

	private final AtomicInteger count = new AtomicInteger();

	@BeforeEach
	void start() {
		this.registry = RunningRegistry.start(this.folder.resolve("data"),
				"--mesh.registry.limits.requests-per-second=1000000", "--mesh.registry.limits.burst=1000000");
		for (int i = 0; i < 100; i++) {
			this.registry.putRule("Route", "r" + i, route("r" + i, 1));
		}
		onProcessor("0", this.registry.process().pid());
		onProcessor("1", ProcessHandle.current().pid());
		for (int i = 0; i < INSTANCES; i++) {
			Instance instance = new Instance("i" + i, "127.0.0.1", 9_000 + i, "http", "v1", "default", null, 100,
					InstanceStatus.UP, Map.of());
			this.clients.add(client(() -> BeatContent.of(instance)));
		}
		this.clients.forEach((client) -> {
			client.start();
			client.register();
		});
		Awaitility.await().until(() -> this.registry.countUp("shop") == INSTANCES);
		Awaitility.await().until(() -> this.seen.contains(INSTANCES + " UP"));
		this.seen.clear();
	}

	private static void onProcessor(String number, long pid) {
		Command.run("taskset", "-acp", number, Long.toString(pid));
	}

	private RegistryClient client(Supplier<BeatContent> beat) {
		return RegistryClient.builder(List.of(this.registry.uri("")))
			.token(() -> RunningRegistry.TOKEN)
			.service("shop")
			.services(List.of("shop"))
			.beat(beat)
			.snapshots(this::see)
			.build();
	}

	private void see(ServiceSnapshot snapshot) {
		if (snapshot.service().equals("shop")) {
			this.seen.add(snapshot.instances().size() + " "
					+ snapshot.instances()
						.stream()
						.map((instance) -> instance.status().toString())
						.distinct()
						.sorted()
						.collect(Collectors.joining(" ")));
		}
	}

	@AfterEach
	void stop() {
		onProcessor("0-1", ProcessHandle.current().pid());
		this.clients.forEach(RegistryClient::close);
		this.registry.close();
	}

	@Test
	void servesOnAndRefusesTheRestWhileItIsOfferedFiveTimesItsShare() throws InterruptedException {
		OfferedLoad.closed(this::request, 32, TIME);
		OfferedLoad.Result peak = OfferedLoad.closed(this::request, 32, TIME);
		OfferedLoad.Result overload = OfferedLoad.open(this::request, 5 * peak.perSecond(), TIME);
		OfferedLoad.Result after = OfferedLoad.open(this::request, peak.perSecond() / 2, Duration.ofSeconds(5));

		System.out.println(
				"T57: | load | answered/s | done/s | p50 ms | p99 ms | refused/s | p50 ms | p99 ms | last answer, ms after | other |");
		System.out.println("T57: " + peak.row("as much as is answered, 32 at a time"));
		System.out.println("T57: " + overload.row("five times that"));
		System.out.println("T57: " + after.row("half of it, in the 5 s after that"));
		System.out.println("T57: what 30 watching instances saw of each other meanwhile: " + this.seen);
		assertThat(this.seen).as("what instances saw of each other").isSubsetOf(INSTANCES + " UP");
		assertThat(this.clients).allSatisfy((client) -> assertThat(client.state().joined()).isTrue());
		assertThat(overload.perSecond()).as("done in a second").isGreaterThan(0.5 * peak.perSecond());
		assertThat(overload.answers().refused()).isNotEmpty();
		assertThat(overload.answers().others()).as("neither done nor told to come later").isEmpty();
		assertThat(overload.rest()).as("until it is well again").isLessThan(Duration.ofSeconds(5));
		assertThat(after.answers().refused()).as("refused when it was over").isEmpty();
	}

	// Of ten: six look at fifty documents and keep none, three read all rules, one
	// writes.
	private HttpRequest request() {
		int number = this.count.incrementAndGet();
		return switch (number % 10) {
			case 0 -> to("/api/v1/rules/Route/r" + number / 10 % 100)
				.PUT(HttpRequest.BodyPublishers.ofString(route("r" + number / 10 % 100, 1 + number % 1_000_000)))
				.build();
			case 1, 2, 3 -> to("/api/v1/rules").GET().build();
			default ->
				to("/api/v1/rules:apply?dryRun=true").POST(HttpRequest.BodyPublishers.ofString(DOCUMENTS)).build();
		};
	}

	private HttpRequest.Builder to(String path) {
		URI uri = this.registry.uri(path);
		return HttpRequest.newBuilder(uri)
			.timeout(Duration.ofSeconds(30))
			.header("Authorization", this.registry.authorization())
			.header("Content-Type", "application/json");
	}

	private static String route(String name, int weight) {
		return """
				{"apiVersion":"meshup.io/v1","kind":"Route","metadata":{"name":"%1$s"},"spec":{"service":"%1$s",\
				"rules":[{"matches":[{"path":{"type":"PathPrefix","value":"/items"},"method":"GET"}],\
				"backendRefs":[{"version":"v1","weight":%2$d},{"version":"v2"}]}]}}""".formatted(name, weight);
	}

}
