package io.meshup.e2e.full;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.meshup.e2e.machine.Http;
import io.meshup.e2e.machine.JavaProcess;
import io.meshup.e2e.machine.Requirement;
import io.meshup.e2e.mesh.Mesh;
import io.meshup.e2e.mesh.RunningRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A registry that is away when an application starts (T18), has lost its store (T22), is
 * another mesh's (T26), and participants whose clocks are wrong (T49). Long runs.
 */
class LongStrangeRegistryIntegrationTests {

	private static final Path FAKETIME = Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1");

	private static final int STARTS = 3;

	private static Mesh mesh;

	private static JavaProcess shop;

	@TempDir
	private Path folder;

	@BeforeAll
	static void start() {
		mesh = Mesh.start();
		mesh.probe("stock", "v1");
		mesh.probe("stock", "v1");
		shop = mesh.probe("shop", "v1").awaitStarted();
		mesh.awaitUp("stock", 2);
		mesh.awaitUp("shop", 1);
	}

	@AfterAll
	static void stop() {
		mesh.close();
	}

	@Test
	void applicationsStartWithoutARegistry() {
		burst(shop);
		List<Long> with = millisToStart();
		mesh.registry().process().kill();
		try {
			List<Long> without = millisToStart();
			System.out.printf("T18: ready to serve after %s ms, without a registry after %s ms%n", with, without);
			JavaProcess informed = mesh.probe("shop", "v1").awaitStarted();
			assertThat(burst(informed)).containsOnlyKeys("v1");
			assertThat(registry(informed).path("fromDisk").asBoolean()).isTrue();
			informed.close();

			JavaProcess blank = mesh.probe("blank", "v1", "--mesh.cache-dir=" + this.folder).awaitStarted();
			assertThat(burst(blank)).doesNotContainKey("v1");
			assertThat(registry(blank).path("lastError").asString("")).contains("cannot be reached");
			blank.close();
			assertThat(Collections.min(without)).as("the quickest of %d", STARTS)
				.isLessThan(Collections.min(with) + 2_000);
		}
		finally {
			mesh.registry().restart();
			mesh.awaitUp("stock", 2);
		}
	}

	@Test
	void noServiceIsEmptyWhenTheStoreIsLost() throws IOException {
		burst(shop);
		mesh.registry().putRule("TrafficPolicy", "lost", """
				{"apiVersion":"meshup.io/v1","kind":"TrafficPolicy","metadata":{"name":"lost"},
				 "spec":{"service":"stock"}}""");
		String before = registry(shop).path("name").asString();
		mesh.registry().process().kill();
		delete(mesh.registry().data());
		mesh.registry().restart();

		Set<Integer> listed = new TreeSet<>();
		long calls = 0;
		long end = System.nanoTime() + Duration.ofSeconds(45).toNanos();
		while (System.nanoTime() - end < 0) {
			Map<String, Long> answers = burst(shop);
			assertThat(answers).containsOnlyKeys("v1");
			calls += answers.get("v1");
			listed.add(mesh.view(shop, "stock").path("instances").size());
		}

		System.out.printf("T22: the store is lost: %d calls, 0 failed; the caller listed %s of 2 instances%n", calls,
				listed);
		assertThat(listed).containsExactly(2);
		assertThat(registry(shop).path("name").asString()).isNotEqualTo(before);
		JsonNode strangers = mesh.registry().get("/api/v1/nodes").path("strangers");
		assertThat(strangers.at("/0/registry").asString()).isEqualTo(before);
		assertThat(strangers.at("/0/participants").asInt()).isGreaterThanOrEqualTo(3);
		assertThat(mesh.registry().process().output()).contains("restore the backup");
		assertThat(shop.output()).contains("its store was lost or replaced");
	}

	@Test
	void anotherMeshsRegistryIsRefused() {
		burst(shop);
		String before = registry(shop).path("name").asString();
		for (List<String> other : List.of(List.of("--mesh.registry.security.join-token=of-another-mesh", "join token"),
				List.of("--mesh.registry.trust-domain=staging", "trust domain"))) {
			mesh.registry().process().kill();
			try (JavaProcess wrong = RunningRegistry.launch(this.folder.resolve(other.get(1)),
					String.valueOf(mesh.registry().process().port()), other.get(0))) {
				wrong.awaitStarted();
				Awaitility.await().until(() -> registry(shop).path("lastError").asString("").contains(other.get(1)));

				assertThat(burst(shop)).containsOnlyKeys("v1");
				assertThat(registry(shop).path("name").asString()).isEqualTo(before);
				System.out.printf("T26: %s%n", registry(shop).path("lastError").asString());
			}
			mesh.registry().restart();
			mesh.awaitUp("stock", 2);
		}
	}

	@Test
	void clocksOfParticipantsDoNotMatter() {
		Requirement.check(Files.exists(FAKETIME),
				"libfaketime is missing. Install it, for example: apt-get install libfaketime");
		for (String skew : List.of("+5m", "-5m", "+25h", "-25h")) {
			JavaProcess skewed = mesh
				.probeIn(Map.of("LD_PRELOAD", FAKETIME.toString(), "FAKETIME", skew, "DONT_FAKE_MONOTONIC", "1",
						"FAKETIME_FORCE_MONOTONIC_FIX", "0", "NO_FAKE_STAT", "1"), "skewed", "v1")
				.awaitStarted();
			mesh.awaitUp("skewed", 1);

			assertThat(burst(skewed)).containsOnlyKeys("v1");
			long revision = mesh.registry().get("/api/v1/services/skewed").path("revision").asLong();
			Awaitility.await().pollDelay(Duration.ofSeconds(6)).until(() -> true);
			assertThat(mesh.registry().countUp("skewed")).isEqualTo(1);
			assertThat(mesh.registry().get("/api/v1/services/skewed").path("revision").asLong())
				.as("never suspect in between")
				.isEqualTo(revision);
			System.out.printf("T49: a participant whose clock is %s off joins, calls and stays%n", skew);
			skewed.close();
			Awaitility.await().until(() -> mesh.registry().countUp("skewed") == 0);
		}
	}

	private static List<Long> millisToStart() {
		List<Long> millis = new ArrayList<>();
		for (int i = 0; i < STARTS; i++) {
			long begun = System.nanoTime();
			JavaProcess started = mesh.probe("late", "v1").awaitStarted();
			millis.add((System.nanoTime() - begun) / 1_000_000);
			started.close();
		}
		return millis;
	}

	private static Map<String, Long> burst(JavaProcess caller) {
		return mesh.burst(caller, "http://stock/who", 100);
	}

	private static JsonNode registry(JavaProcess participant) {
		return new Http().getJson(participant.uri("/actuator/mesh")).path("registry");
	}

	private static void delete(Path directory) throws IOException {
		try (Stream<Path> all = Files.walk(directory)) {
			for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
				Files.delete(each);
			}
		}
	}

}
