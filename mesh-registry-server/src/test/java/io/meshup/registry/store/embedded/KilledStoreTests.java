package io.meshup.registry.store.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import io.meshup.registry.store.ledger.DataDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Kills a process with SIGKILL while it writes, and looks for what it had acknowledged.
 */
class KilledStoreTests {

	@TempDir
	private Path directory;

	@Test
	void losesNothingThatWasAcknowledged() throws Exception {
		Random random = new Random(27);
		int acknowledged = 0;
		for (int round = 0; round < 3; round++) {
			acknowledged = Math.max(acknowledged, killed(50 + random.nextInt(150)));
			try (DataDirectory data = DataDirectory.open(this.directory);
					EmbeddedStore store = EmbeddedStore.open(data, EmbeddedStoreTests.HISTORY,
							InstantSource.system())) {
				for (int i = 0; i < acknowledged; i++) {
					assertThat(store.ruleSet().find("Route", "r" + i)).as("rule r" + i).isPresent();
				}
			}
		}
		assertThat(acknowledged).isPositive();
	}

	private int killed(int afterWrites) throws IOException, InterruptedException {
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), WritingProcess.class.getName(),
				this.directory.toString())
			.redirectError(ProcessBuilder.Redirect.DISCARD)
			.start();
		try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
			int acknowledged = 0;
			for (String line = reader.readLine(); line != null; line = reader.readLine()) {
				if (line.startsWith("ack ")) {
					acknowledged++;
				}
				if (acknowledged == afterWrites) {
					process.toHandle().destroyForcibly();
				}
			}
			assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
			return acknowledged;
		}
	}

}
