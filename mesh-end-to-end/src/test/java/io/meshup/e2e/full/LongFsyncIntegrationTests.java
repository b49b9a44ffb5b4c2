package io.meshup.e2e.full;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import io.meshup.e2e.machine.Requirement;
import io.meshup.e2e.mesh.RunningRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A disk that refuses to keep what was written (T32): libfiu makes the registry's fsync
 * fail with EIO while it runs. Long runs.
 */
class LongFsyncIntegrationTests {

	private static final String PRELOADED = "/usr/lib/fiu/fiu_run_preload.so /usr/lib/fiu/fiu_posix_preload.so";

	private static final String POLICY = """
			apiVersion: meshup.io/v1
			kind: TrafficPolicy
			metadata: {name: %1$s}
			spec: {service: %1$s}
			""";

	@TempDir
	private Path folder;

	private RunningRegistry registry;

	@BeforeEach
	void start() {
		Requirement.check(Files.exists(Path.of("/usr/bin/fiu-ctrl")),
				"libfiu is missing. Install it, for example: apt-get install fiu-utils");
		this.registry = RunningRegistry.start(this.folder.resolve("data"),
				Map.of("LD_PRELOAD", PRELOADED, "FIU_CTRL_FIFO", control()));
	}

	@AfterEach
	void stop() {
		this.registry.close();
	}

	@Test
	void acknowledgesNothingThatTheDiskMayHaveLost() throws Exception {
		assertThat(put("before").statusCode()).isEqualTo(201);

		failFsync("enable");
		HttpResponse<String> refused = put("during");
		System.out.println("T32: " + refused.statusCode() + " " + refused.body());
		assertThat(refused.statusCode()).isEqualTo(503);
		assertThat(refused.body()).contains("was not kept", "SQLITE_IOERR_FSYNC", "mend the disk");
		failFsync("disable");
		HttpResponse<String> after = put("after");

		assertThat(after.statusCode()).as("what is read back now proves nothing").isEqualTo(503);
		assertThat(after.body()).contains("restart the registry");
		assertThat(names()).as("reads go on").containsExactly("before");
		this.registry.process().stop();
		this.registry.restart();
		assertThat(names()).containsExactly("before");
		assertThat(put("again").statusCode()).isEqualTo(201);
	}

	private HttpResponse<String> put(String name) {
		return this.registry.send("PUT", "/api/v1/rules/TrafficPolicy/" + name, POLICY.formatted(name));
	}

	private Iterable<String> names() {
		return this.registry.get("/api/v1/rules")
			.path("rules")
			.valueStream()
			.map((rule) -> rule.at("/metadata/name").asString())
			.toList();
	}

	private String control() {
		return this.folder.resolve("fiu").toString();
	}

	private void failFsync(String what) throws IOException, InterruptedException {
		String pid = String.valueOf(this.registry.process().pid());
		for (String call : new String[] { "fsync", "fdatasync" }) {
			String command = what + " name=posix/io/sync/" + call + (what.equals("enable") ? ",failinfo=5" : "");
			assertThat(
					new ProcessBuilder("fiu-ctrl", "-f", control(), "-c", command, pid).inheritIO().start().waitFor())
				.isZero();
		}
	}

}
