package io.meshup.registry.history;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutionException;

import io.meshup.registry.history.bug.PlantedBug;
import io.meshup.registry.history.bug.PlantedScript;
import io.meshup.registry.history.node.ContextNode;
import io.meshup.registry.history.node.Fault;
import io.meshup.registry.history.node.NodeSettings;
import io.meshup.registry.history.node.RegistryNode;
import io.meshup.registry.store.redis.connection.RedisScript;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.testcontainers.junit.jupiter.Testcontainers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the recorded histories of T45 are worth: bugs that are planted in the store of
 * both nodes are found within some runs, and nothing is found where there is none. Prints
 * a table.
 */
@Testcontainers(disabledWithoutDocker = true)
class LongPlantedBugsIntegrationTests {

	private static final int RUNS = Integer.getInteger("mesh.runs", 20);

	private static final List<Fault> WAYS = List.of(Fault.CUT, Fault.SILENCE, Fault.LOST_ANSWERS, Fault.SLOWNESS);

	@TempDir
	private Path directory;

	@ParameterizedTest
	@EnumSource
	void findsWhatIsWrongWithTheStore(PlantedBug bug) throws Exception {
		Finding finding = look(() -> {
			NodeSettings settings = settings();
			return List.of(new ContextNode("a", settings, bug::plant), new ContextNode("b", settings, bug::plant));
		});

		System.out.printf("T45 planted: | %s | %s |%n", bug.words(), finding);
		assertThat(finding.runs() <= RUNS).as("%s: %s", bug, finding).isEqualTo(bug != PlantedBug.NONE);
	}

	@ParameterizedTest
	@EnumSource
	void findsWhatIsWrongWithTheScript(PlantedScript script) throws Exception {
		String wrong = script.load();
		Finding finding = look(() -> {
			NodeSettings settings = settings();
			List<RegistryNode> nodes = List.of(new ContextNode("a", settings), new ContextNode("b", settings));
			nodes.forEach((node) -> node.way().replace(RedisScript.COMMIT.digest(), wrong));
			return nodes;
		});

		System.out.printf("T45 planted: | %s | %s |%n", script.words(), finding);
		assertThat(finding.runs()).as("%s: %s", script, finding).isLessThanOrEqualTo(RUNS);
	}

	private NodeSettings settings() {
		return new NodeSettings("planted-" + UUID.randomUUID(), this.directory);
	}

	private Finding look(Start start) throws Exception {
		Random random = new Random(Long.getLong("mesh.seed", 1));
		List<RegistryNode> nodes = new ArrayList<>(start.nodes());
		try {
			for (int run = 1; run <= RUNS; run++) {
				try {
					new RecordedRun(random.nextInt(1_000_000), nodes)
						.run(List.of(List.of(Fault.DEATH, way(random), way(random)),
								List.of(way(random), way(random), Fault.DEATH)));
				}
				catch (AssertionError | ConditionTimeoutException ex) {
					return new Finding(run, firstLine(ex));
				}
				catch (ExecutionException ex) {
					throw new IllegalStateException("A run could not be made", ex);
				}
			}
			return new Finding(RUNS + 1, "nothing found in " + RUNS + " runs");
		}
		finally {
			nodes.forEach(RegistryNode::close);
		}
	}

	private static Fault way(Random random) {
		return WAYS.get(random.nextInt(WAYS.size()));
	}

	private static String firstLine(Throwable found) {
		String text = String.valueOf(found.getMessage()).replaceAll("\\s+", " ");
		return text.substring(0, Math.min(240, text.length()));
	}

	private record Finding(int runs, String how) {

		@Override
		public String toString() {
			return this.runs + " | " + this.how;
		}

	}

	@FunctionalInterface
	private interface Start {

		List<RegistryNode> nodes();

	}

}
