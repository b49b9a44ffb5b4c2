package io.meshup.e2e.full;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

import io.meshup.e2e.machine.Http;
import io.meshup.e2e.machine.Requirement;
import io.meshup.e2e.mesh.RunningRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A registry whose wall clock jumps (T48): libfaketime sets it while it runs. Long runs.
 */
class LongClockIntegrationTests {

	private static final Path LIBRARY = Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1");

	/** For 30 s a new registry takes those who are missing for not back yet. */
	private static final Duration NEW = Duration.ofSeconds(32);

	private static final Duration OBSERVED = Duration.ofSeconds(10);

	private static final List<String> BOTH_UP = List.of("i1 UP", "i2 UP");

	private static final String BEAT = """
			{"incarnation":"p1","host":"127.0.0.1","port":8080,"status":"UP"}""";

	private final Http http = new Http();

	@TempDir
	private Path folder;

	private RunningRegistry registry;

	@BeforeEach
	void start() throws IOException {
		Requirement.check(Files.exists(LIBRARY),
				"libfaketime is missing. Install it, for example: apt-get install libfaketime");
		setClock("+0");
		// Without the second line the process would wait by the wall clock.
		this.registry = RunningRegistry.start(this.folder.resolve("data"),
				Map.of("LD_PRELOAD", LIBRARY.toString(), "FAKETIME_TIMESTAMP_FILE", clock().toString(),
						"DONT_FAKE_MONOTONIC", "1", "FAKETIME_FORCE_MONOTONIC_FIX", "0", "NO_FAKE_STAT", "1",
						"FAKETIME_CACHE_DURATION", "1", "TZ", "America/New_York"));
	}

	@AfterEach
	void stop() {
		this.registry.close();
	}

	@Test
	void expiresNobodyWhoseBeatsGoOn() throws IOException {
		pause(NEW);
		observe(Duration.ZERO);
		for (Duration jump : List.of(Duration.ofHours(2), Duration.ofHours(-2), Duration.ofHours(50))) {
			setClock((jump.isNegative() ? "" : "+") + jump.toSeconds());

			observe(jump);
		}

		long begun = System.nanoTime();
		Awaitility.await("what happens without beats")
			.until(() -> this.registry.instances("s").equals(List.of("i1 SUSPECT", "i2 SUSPECT")));
		System.out.printf("T48: without beats suspect after %d ms%n", (System.nanoTime() - begun) / 1_000_000);
	}

	// T50
	@Test
	void auditsInUtcAndOrdersByRevisionWhateverTheZoneAndTheClock() throws IOException {
		long last = 0;
		// Over the end of summer time in that zone, where an hour comes twice, and back.
		for (String clock : List.of("@2026-10-31 23:30:00", "@2026-11-01 01:30:00", "@2026-11-01 02:30:00",
				"@2026-10-31 23:30:00", "+0")) {
			setClock(clock);
			pause(Duration.ofSeconds(3));
			long revision = this.registry.putRule("TrafficPolicy", "zoned", """
					{"apiVersion":"meshup.io/v1","kind":"TrafficPolicy","metadata":{"name":"zoned"},
					 "spec":{"service":"zoned","panicThresholdPercent":%d}}""".formatted(last % 90));
			assertThat(revision).isGreaterThan(last);
			last = revision;
		}

		JsonNode versions = this.registry.get("/api/v1/rules/TrafficPolicy/zoned/history").path("versions");
		List<Long> revisions = versions.valueStream().map((each) -> each.path("revision").asLong()).toList();
		List<String> times = this.registry.get("/api/v1/audit")
			.path("entries")
			.valueStream()
			.map((each) -> each.path("at").asString(each.path("time").asString("")))
			.toList();
		System.out.printf("T50: revisions %s, times %s%n", revisions, times);
		assertThat(revisions).hasSize(5).isSortedAccordingTo(Comparator.reverseOrder());
		assertThat(times).hasSizeGreaterThanOrEqualTo(5).allMatch((time) -> time.endsWith("Z"));
		assertThat(times).as("the clock went back").isNotEqualTo(times.stream().sorted().toList());
	}

	private void observe(Duration jump) {
		beatAll();
		long changes = revision();
		long end = System.nanoTime() + OBSERVED.toNanos();
		while (System.nanoTime() - end < 0) {
			beatAll();
			assertThat(this.registry.instances("s")).as("clock at %s", jump).isEqualTo(BOTH_UP);
			pause(Duration.ofMillis(300));
		}
		assertThat(revision()).as("nobody was suspect in between").isEqualTo(changes);
		Duration seen = Duration.between(Instant.now(), registrysTime());
		System.out.printf("T48: the wall clock of the registry is %s off, nobody suspect for %s%n", seen, OBSERVED);
		assertThat(seen.minus(jump)).as("the jump").isBetween(Duration.ofMinutes(-1), Duration.ofMinutes(1));
	}

	private static void pause(Duration length) {
		Awaitility.await().pollDelay(length).atMost(length.plusSeconds(60)).until(() -> true);
	}

	private void beatAll() {
		for (String id : List.of("i1", "i2")) {
			this.http.send("PUT", this.registry.uri("/api/v1/services/s/instances/" + id), BEAT,
					List.of("Authorization", "Bearer " + RunningRegistry.TOKEN, "Content-Type", "application/json"));
		}
	}

	private long revision() {
		return this.registry.get("/api/v1/services/s").path("revision").asLong();
	}

	private Instant registrysTime() {
		return Instant.parse(this.registry.get("/api/v1/topology").path("to").asString());
	}

	private Path clock() {
		return this.folder.resolve("clock");
	}

	// Replaced as a whole: half of it would be another time.
	private void setClock(String offset) throws IOException {
		Path next = Files.writeString(this.folder.resolve("clock.new"), offset + "\n");
		Files.move(next, clock(), StandardCopyOption.ATOMIC_MOVE);
	}

}
