package io.meshup.registry.store.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import io.meshup.model.MeshJson;
import io.meshup.registry.store.ledger.DataDirectory;
import io.meshup.registry.store.rule.StoredRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * T27: kills a process with SIGKILL while it writes, three times (50 times with the
 * profile full), and looks for what it had acknowledged.
 */
class KilledStoreTests {

	private static final int ROUNDS = Boolean.getBoolean("mesh.full") ? 50 : 3;

	private static final int WRITERS = 8;

	@TempDir
	private Path directory;

	@Test
	void losesNothingThatWasAcknowledged() throws Exception {
		Random random = new Random(27);
		Map<String, Long> all = new LinkedHashMap<>();
		List<Long> micros = new ArrayList<>();
		for (int round = 0; round < ROUNDS; round++) {
			Map<String, Long> acknowledged = killed(50 + random.nextInt(150));
			all.putAll(acknowledged);
			micros.addAll(acknowledged.values());
			try (DataDirectory data = DataDirectory.open(this.directory);
					EmbeddedStore store = EmbeddedStore.open(data, EmbeddedStoreTests.HISTORY, InstantSource.system(),
							EmbeddedStoreTests.WAITING)) {
				all.keySet().forEach((name) -> assertWhole(store, name));
			}
		}
		micros.sort(null);
		assertThat(micros).isNotEmpty();
		System.out.printf(
				"T27: killed %d times, %d acknowledged writes of %d writers, all kept; a write took %d us, "
						+ "%d us at the 99th percentile%n",
				ROUNDS, micros.size(), WRITERS, micros.get(micros.size() / 2), micros.get(micros.size() * 99 / 100));
	}

	private static void assertWhole(EmbeddedStore store, String name) {
		StoredRule rule = store.ruleSet().find("Route", name).orElseThrow(() -> new AssertionError("lost " + name));
		int weight = MeshJson.readTree(rule.json()).at("/spec/x/weight").asInt(-1);
		assertThat(name).endsWith("-" + weight);
	}

	// Returns what it had acknowledged, and in how many microseconds.
	private Map<String, Long> killed(int afterWrites) throws IOException, InterruptedException {
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), WritingProcess.class.getName(),
				this.directory.toString(), String.valueOf(WRITERS))
			.redirectError(ProcessBuilder.Redirect.DISCARD)
			.start();
		try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
			Map<String, Long> acknowledged = new LinkedHashMap<>();
			for (String line = reader.readLine(); line != null; line = reader.readLine()) {
				String[] words = line.split(" ");
				// The last line may be cut off.
				if (words.length == 3 && words[0].equals("ack") && words[2].matches("\\d+")) {
					acknowledged.put(words[1], Long.valueOf(words[2]));
				}
				if (acknowledged.size() == afterWrites) {
					process.toHandle().destroyForcibly();
				}
			}
			assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
			return acknowledged;
		}
	}

}
