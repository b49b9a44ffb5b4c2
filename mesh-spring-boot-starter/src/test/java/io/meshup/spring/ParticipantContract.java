package io.meshup.spring;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import io.meshup.model.Instance;
import io.meshup.model.InstanceStatus;
import io.meshup.model.ServiceSnapshot;
import io.meshup.model.beat.Beat;
import io.meshup.model.beat.EdgeTotals;
import io.meshup.model.beat.RejectedRule;
import io.meshup.spring.instance.MeshMembership;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What any web application does as a participant, whatever its web server.
 */
abstract class ParticipantContract {

	@TempDir
	Path cache;

	private FakeRegistry registry;

	abstract Class<?> application();

	abstract WebApplicationType type();

	@BeforeEach
	void startRegistry() throws IOException {
		this.registry = new FakeRegistry();
	}

	@AfterEach
	void stopRegistry() {
		this.registry.close();
	}

	@Test
	void joinsWithItsRealPortWhenItIsReady() {
		try (RunningApplication app = start("mesh.instance.version=v2", "mesh.instance.zone=z1",
				"mesh.instance.metadata.team=shop")) {
			awaitCall("PUT /api/v1/services/orders/instances/127.0.0.1-" + app.port() + " UP");

			Beat first = this.registry.beats().get(0);
			assertThat(first).extracting(Beat::host, Beat::port, Beat::scheme, Beat::version, Beat::zone, Beat::weight)
				.containsExactly("127.0.0.1", app.port(), "http", "v2", "z1", 100);
			assertThat(first.status()).isEqualTo(InstanceStatus.UP);
			assertThat(first.metadata()).isEqualTo(Map.of("team", "shop"));
		}
	}

	@Test
	void followsItsReadiness() {
		try (RunningApplication app = start()) {
			awaitStatus(InstanceStatus.UP);

			AvailabilityChangeEvent.publish(app.context(), ReadinessState.REFUSING_TRAFFIC);
			awaitStatus(InstanceStatus.DOWN);

			AvailabilityChangeEvent.publish(app.context(), ReadinessState.ACCEPTING_TRAFFIC);
			awaitStatus(InstanceStatus.UP);
		}
	}

	@Test
	void saysThatItLeavesWhileItStillServesAndLeavesInTheEnd() {
		AtomicReference<String> served = new AtomicReference<>("never left");
		try (RunningApplication app = start()) {
			int port = app.port();
			this.registry.atDrain(() -> served.compareAndSet("never left", accepts(port) ? "accepting" : "refusing"));
			awaitStatus(InstanceStatus.UP);
		}

		List<String> calls = this.registry.calls();
		assertThat(calls.get(calls.size() - 1)).startsWith("DELETE /api/v1/services/orders/instances/127.0.0.1-");
		assertThat(calls.get(calls.size() - 2)).endsWith(" DRAINING");
		assertThat(served).hasValue("accepting");
	}

	@Test
	void joinsAgainWhenItsContextIsStoppedAndStarted() {
		try (RunningApplication app = start()) {
			awaitStatus(InstanceStatus.UP);
			app.context().stop();
			int before = this.registry.beats().size();

			app.context().start();

			await().untilAsserted(() -> assertThat(this.registry.beats()).hasSizeGreaterThan(before));
			awaitStatus(InstanceStatus.UP);
		}
	}

	// T7
	@Test
	void refusesWhatIsMeantForTheServiceThatHadItsAddress() throws Exception {
		try (RunningApplication app = start()) {
			awaitStatus(InstanceStatus.UP);
			String here = "127.0.0.1:" + app.port();

			assertThat(app.get("/hello", "x-mesh-target", "stock@" + here).statusCode()).isEqualTo(421);
			assertThat(app.get("/hello", "x-mesh-target", "stock@" + here).headers().firstValue("x-mesh-reason"))
				.hasValue("wrong-instance");
			assertThat(app.get("/hello", "x-mesh-target", "orders@" + here).statusCode()).isEqualTo(200);
			assertThat(app.get("/hello", "x-mesh-target", "proxy@127.0.0.1:1").statusCode()).isEqualTo(200);
		}
	}

	// T18, without a file
	@Test
	void startsAndServesWithoutARegistry() throws Exception {
		this.registry.close();
		try (RunningApplication app = start()) {
			assertThat(app.get("/hello").statusCode()).isEqualTo(200);
			assertThat(app.get("/actuator/health").statusCode()).isEqualTo(200);
			assertThat(app.get("/actuator/health/readiness").statusCode()).isEqualTo(200);
			assertThat(app.get("/actuator/health/readiness").body()).doesNotContain("mesh");

			await().untilAsserted(() -> {
				JsonNode mesh = app.json("/actuator/mesh");
				assertThat(mesh.at("/registry/connected").asBoolean(true)).isFalse();
				assertThat(mesh.at("/registry/lastError").asString("")).isNotEmpty();
				JsonNode health = app.json("/actuator/health").at("/components/mesh");
				assertThat(health.path("status").asString("")).isEqualTo("UNKNOWN");
				assertThat(health.at("/details/problem").asString("")).contains("cannot be reached");
				assertThat(health.at("/details/workingWith").asString("")).startsWith("nothing");
			});
		}
	}

	// T18 and T20, with a file that is too old
	@Test
	void startsWithTheLastGoodStateAndSaysThatItIsOutdated() throws Exception {
		this.registry.publish(FakeRegistry.snapshot("inventory", 7, List.of(new Instance("i1", "127.0.0.1", 9001,
				"http", "v1", "default", null, 100, InstanceStatus.UP, Map.of()))));
		try (RunningApplication app = start("mesh.registry.watch=all")) {
			await()
				.untilAsserted(() -> assertThat(app.json("/actuator/mesh").at("/services/inventory/revision").asInt())
					.isEqualTo(7));
		}
		this.registry.close();
		try (Stream<Path> files = Files.walk(this.cache)) {
			for (Path file : files.filter((each) -> each.toString().endsWith(".json")).toList()) {
				Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofHours(26))));
			}
		}
		try (RunningApplication app = start("mesh.registry.watch=all")) {
			JsonNode mesh = app.json("/actuator/mesh");
			assertThat(mesh.at("/services/inventory/instances")).hasSize(1);
			assertThat(mesh.at("/registry/fromDisk").asBoolean()).isTrue();
			assertThat(mesh.at("/registry/outdated").asBoolean()).isTrue();
			JsonNode health = app.json("/actuator/health").at("/components/mesh/details");
			assertThat(health.path("workingWith").asString("")).contains("from disk", "older than mesh.cache-max-age");
		}
	}

	@Test
	void startsAndServesWithAWrongToken() throws Exception {
		this.registry.expectToken("right");
		try (RunningApplication app = start("mesh.registry.token=wrong")) {
			assertThat(app.get("/hello").statusCode()).isEqualTo(200);
			await().untilAsserted(() -> assertThat(app.json("/actuator/mesh").at("/registry/lastError").asString(""))
				.contains("token"));
		}
		assertThat(this.registry.beats()).isEmpty();
	}

	@Test
	void sendsTheTokenItIsGiven() {
		this.registry.expectToken("right");
		try (RunningApplication app = start("mesh.registry.token=right")) {
			awaitStatus(InstanceStatus.UP);
			assertThat(app.context().isActive()).isTrue();
		}
	}

	@Test
	void reportsWhatIsActiveAndEveryService() throws Exception {
		this.registry.publish(FakeRegistry.snapshot("inventory", 7,
				List.of(new Instance("i1", "127.0.0.1", 9001, "http", "v1", "default", null, 100, InstanceStatus.UP,
						Map.of()),
						new Instance("i2", "127.0.0.1", 9002, "http", "v2", "default", null, 100,
								InstanceStatus.SUSPECT, Map.of()))));
		try (RunningApplication app = start("mesh.registry.watch=all")) {
			await()
				.untilAsserted(() -> assertThat(app.json("/actuator/mesh").at("/services/inventory/revision").asLong(0))
					.isEqualTo(7));
			awaitStatus(InstanceStatus.UP);

			JsonNode mesh = app.json("/actuator/mesh");
			assertThat(mesh.at("/active").asBoolean()).isTrue();
			assertThat(mesh.at("/own/service").asString()).isEqualTo("orders");
			assertThat(mesh.at("/own/instance/port").asInt()).isEqualTo(app.port());
			assertThat(mesh.at("/registry/connected").asBoolean()).isTrue();
			assertThat(mesh.at("/services/inventory/instances/1/instance/status").asString()).isEqualTo("SUSPECT");
			assertThat(mesh.at("/services/inventory/instances/0/ejected").asBoolean(true)).isFalse();
			assertThat(mesh.at("/parts").findValuesAsString("name")).contains("metrics", "blocking-discovery",
					"service-registry", inboundPart());
			assertThat(app.json("/actuator/health").at("/components/mesh/status").asString("")).isEqualTo("UP");
		}
	}

	// T65
	@Test
	void tellsAtOnceOfARuleThatItCannotUseAndKeepsTheLastGoodOne() throws Exception {
		this.registry.beatEach(Duration.ofMinutes(5));
		this.registry.publish(rules(7, "x-good"));
		try (RunningApplication app = start("mesh.registry.watch=all")) {
			await()
				.untilAsserted(() -> assertThat(app.json("/actuator/mesh").at("/services/inventory/revision").asInt())
					.isEqualTo(7));
			await().until(() -> !this.registry.beats().isEmpty());
			int beats = this.registry.beats().size();
			long begun = System.nanoTime();

			this.registry.publish(rules(8, ""));

			await().until(() -> this.registry.beats().size() > beats);
			long millis = (System.nanoTime() - begun) / 1_000_000;
			System.out.printf("T65: the registry knows of it after %d ms, with beats each 5 min%n", millis);
			List<RejectedRule> rejected = this.registry.beats().get(beats).rejected();
			assertThat(rejected).singleElement().satisfies((rule) -> {
				assertThat(rule.rule()).isEqualTo("Route/inventory");
				assertThat(rule.revision()).isEqualTo(8);
				assertThat(rule.reason()).isNotBlank();
			});
			JsonNode inventory = app.json("/actuator/mesh").at("/services/inventory");
			assertThat(inventory.at("/route/revision").asInt()).as("the last good one").isEqualTo(7);
			assertThat(inventory.at("/policy/revision").asInt()).as("another rule of the same push").isEqualTo(8);
		}
	}

	private static ServiceSnapshot rules(long revision, String header) {
		String route = """
				{"apiVersion":"meshup.io/v1","kind":"Route","metadata":{"name":"inventory","revision":%d},"spec":
				{"service":"inventory","rules":[{"matches":[{"headers":[{"name":"%s","value":"1"}]}]}]}}""";
		String policy = """
				{"apiVersion":"meshup.io/v1","kind":"TrafficPolicy","metadata":{"name":"inventory","revision":%d},
				"spec":{"service":"inventory"}}""";
		return FakeRegistry.snapshot("inventory", revision, List.of(), route.formatted(revision, header),
				policy.formatted(revision));
	}

	@Test
	void doesNotJoinByItselfWhereAutoRegistrationIsOff() {
		this.registry.publish(FakeRegistry.snapshot("inventory", 7, List.of()));
		try (RunningApplication app = start("spring.cloud.service-registry.auto-registration.enabled=false")) {
			MeshMembership membership = app.context().getBean(MeshMembership.class);
			assertThat(membership.isJoined()).isFalse();

			membership.join();
			awaitStatus(InstanceStatus.UP);
		}
	}

	@Test
	void countsOnlyWhatComesFromOutsideTheMesh() throws Exception {
		try (RunningApplication app = start()) {
			awaitStatus(InstanceStatus.UP);

			assertThat(app.get("/hello").statusCode()).isEqualTo(200);
			assertThat(app.get("/later").body()).isEqualTo("later");
			assertThat(app.get("/boom").statusCode()).isEqualTo(500);
			app.get("/hello", "x-mesh-source", "storefront");
			app.get("/actuator/health");

			await().untilAsserted(() -> assertThat(outsideEdge()).isEqualTo("orders v1 requests=3 errors=1"));
		}
	}

	abstract String inboundPart();

	private String outsideEdge() {
		return this.registry.beats()
			.stream()
			.flatMap((beat) -> beat.edges().stream())
			.filter((edge) -> EdgeTotals.OUTSIDE.equals(edge.source()))
			.reduce((first, second) -> second)
			.map((edge) -> edge.to() + " " + edge.toVersion() + " requests=" + edge.requests() + " errors="
					+ edge.errors())
			.orElse("none");
	}

	FakeRegistry registry() {
		return this.registry;
	}

	RunningApplication start(String... settings) {
		String[] all = new String[settings.length + 1];
		System.arraycopy(settings, 0, all, 0, settings.length);
		all[settings.length] = "mesh.registry.urls=" + this.registry.url();
		return RunningApplication.start(application(), type(), this.cache, all);
	}

	void awaitStatus(InstanceStatus status) {
		await().untilAsserted(() -> {
			List<Beat> beats = this.registry.beats();
			assertThat(beats).isNotEmpty();
			assertThat(beats.get(beats.size() - 1).status()).isEqualTo(status);
		});
	}

	private void awaitCall(String call) {
		await().untilAsserted(() -> assertThat(this.registry.calls()).contains(call));
	}

	private static boolean accepts(int port) {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
			return socket.isConnected();
		}
		catch (IOException ex) {
			return false;
		}
	}

}
