package io.meshup.e2e.full;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import io.meshup.e2e.machine.Command;
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
 * Power cuts (T30): the registry is killed together with a file system that forgets all
 * that was not synced, names in directories too. Long runs; needs root and FUSE.
 */
class LongPowerCutIntegrationTests {

	private static final int CUTS = 5;

	private static final Path PROGRAM = Path.of("src", "test", "resources", "forgetful_fs.py");

	private final Map<String, Long> acknowledged = new ConcurrentHashMap<>();

	@TempDir
	private Path folder;

	private Path mount;

	private Process disk;

	@BeforeEach
	void mount() throws IOException {
		Requirement.check(
				Command.run("/usr/bin/python3", "-c", "import fusepy") == 0 && Files.exists(Path.of("/dev/fuse")),
				"FUSE for Python is missing. Install it, for example: apt-get install python3-fusepy");
		this.mount = Files.createDirectories(this.folder.resolve("mount"));
		plugIn();
	}

	@AfterEach
	void unmount() {
		cutPower();
	}

	@Test
	void keepsWhatWasAcknowledged() throws Exception {
		Path unsynced = this.mount.resolve("unsynced");
		int lost = 0;
		for (int cut = 0; cut < CUTS; cut++) {
			Files.writeString(unsynced, "nobody has synced this");
			try (RunningRegistry registry = RunningRegistry.start(this.mount.resolve("data"))) {
				lost += missing(registry);
				writeUntilTheCut(registry, cut);
			}
			plugIn();
			String control = Files.exists(unsynced) ? Files.readString(unsynced) : "";
			assertThat(control).as("control: what was not synced is gone").isEmpty();
		}
		try (RunningRegistry registry = RunningRegistry.start(this.mount.resolve("data"))) {
			lost += missing(registry);
			System.out.printf("T30: %d power cuts, %d of %d acknowledged writes lost%n", CUTS, lost,
					this.acknowledged.size());
		}
		assertThat(lost).isZero();
		assertThat(this.acknowledged).hasSizeGreaterThan(CUTS * 10);
	}

	private void writeUntilTheCut(RunningRegistry registry, int cut) throws InterruptedException {
		int before = this.acknowledged.size();
		ExecutorService writers = Executors.newFixedThreadPool(4);
		for (int writer = 0; writer < 4; writer++) {
			String prefix = "cut-" + cut + "-" + writer + "-";
			writers.execute(() -> write(registry, prefix));
		}
		Awaitility.await().until(() -> this.acknowledged.size() >= before + 12 + 5 * cut);
		registry.process().kill();
		cutPower();
		writers.shutdown();
		assertThat(writers.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
	}

	private void write(RunningRegistry registry, String prefix) {
		for (int number = 0; number < 10_000; number++) {
			String name = prefix + number;
			try {
				this.acknowledged.put(name, registry.putRule("TrafficPolicy", name, """
						{"apiVersion":"meshup.io/v1","kind":"TrafficPolicy","metadata":{"name":"%1$s"},
						 "spec":{"service":"%1$s"}}""".formatted(name)));
			}
			catch (UncheckedIOException | IllegalStateException ex) {
				return;
			}
		}
	}

	private int missing(RunningRegistry registry) {
		Map<String, Long> kept = new HashMap<>();
		for (JsonNode rule : registry.get("/api/v1/rules").path("rules")) {
			kept.put(rule.at("/metadata/name").asString(), rule.at("/metadata/revision").asLong());
		}
		return (int) this.acknowledged.entrySet()
			.stream()
			.filter((each) -> !each.getValue().equals(kept.get(each.getKey())))
			.count();
	}

	private void plugIn() throws IOException {
		Path log = this.folder.resolve("disk.log");
		this.disk = new ProcessBuilder("/usr/bin/python3", PROGRAM.toAbsolutePath().toString(),
				this.folder.resolve("state").toString(), this.mount.toString())
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
			.start();
		Awaitility.await("the file system, see " + log)
			.failFast(() -> !this.disk.isAlive())
			.until(() -> Command.run("mountpoint", "-q", this.mount.toString()) == 0);
	}

	private void cutPower() {
		this.disk.destroyForcibly();
		Awaitility.await().until(() -> !this.disk.isAlive());
		Command.run("umount", "-l", this.mount.toString());
	}

}
