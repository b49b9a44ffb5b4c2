package io.meshup.registry.history;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.UUID;

import io.meshup.registry.history.node.ContextNode;
import io.meshup.registry.history.node.Fault;
import io.meshup.registry.history.node.NodeSettings;
import io.meshup.registry.history.node.RegistryNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.junit.jupiter.Testcontainers;

/**
 * T45: what clients of two nodes are told, while nodes die and are cut off from Redis,
 * could have come from one registry. {@code -Dmesh.seed} repeats a run's dice.
 */
@Testcontainers(disabledWithoutDocker = true)
class RecordedHistoryIntegrationTests {

	private static final List<Fault> WAYS = List.of(Fault.CUT, Fault.SILENCE, Fault.LOST_ANSWERS, Fault.SLOWNESS);

	@TempDir
	private static Path directory;

	private static List<RegistryNode> nodes;

	@BeforeAll
	static void start() {
		NodeSettings settings = new NodeSettings("history-" + UUID.randomUUID(), directory);
		nodes = List.of(new ContextNode("a", settings), new ContextNode("b", settings));
	}

	@AfterAll
	static void stop() {
		nodes.forEach(RegistryNode::close);
	}

	@RepeatedTest(3)
	void couldHaveComeFromOneRegistry() throws Exception {
		long seed = Long.getLong("mesh.seed", new Random().nextInt(1_000_000));
		System.out.println("T45: seed " + seed);
		Random random = new Random(seed);
		RecordedRun run = new RecordedRun(seed, nodes);

		run.run(List.of(List.of(Fault.DEATH, way(random)), List.of(way(random), way(random))));

		System.out.println("T45: seed, seconds, done, saw, refused, unknown, seen: " + run.row());
	}

	private static Fault way(Random random) {
		return WAYS.get(random.nextInt(WAYS.size()));
	}

}
