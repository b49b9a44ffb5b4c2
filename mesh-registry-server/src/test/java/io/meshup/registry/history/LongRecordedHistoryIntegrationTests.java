package io.meshup.registry.history;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import io.meshup.registry.history.node.Fault;
import io.meshup.registry.history.node.NodeSettings;
import io.meshup.registry.history.node.ProcessNode;
import io.meshup.registry.history.node.RegistryNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.junit.jupiter.Testcontainers;

/**
 * T45 with real processes, which are ended with SIGKILL and frozen with SIGSTOP: 50 runs.
 * In each of them one node dies, stands still and loses its way to Redis in all ways,
 * while the other one loses its way too; in each fifth run both die. Prints a table.
 */
@Testcontainers(disabledWithoutDocker = true)
class LongRecordedHistoryIntegrationTests {

	private static final int RUNS = Integer.getInteger("mesh.runs", 50);

	private static final List<Fault> ALL = List.of(Fault.values());

	private static final List<Fault> WAYS = List.of(Fault.CUT, Fault.SILENCE, Fault.LOST_ANSWERS, Fault.SLOWNESS);

	private static final int RUNS_OF_A_REGISTRY = 10;

	@TempDir
	private Path directory;

	@Test
	void couldHaveComeFromOneRegistry() throws Exception {
		long seed = Long.getLong("mesh.seed", 1);
		List<String> rows = new ArrayList<>();
		while (rows.size() < RUNS) {
			NodeSettings settings = new NodeSettings("history-" + UUID.randomUUID(), this.directory);
			List<RegistryNode> nodes = List.of(new ProcessNode("a", settings), new ProcessNode("b", settings));
			try {
				for (int i = 0; i < RUNS_OF_A_REGISTRY && rows.size() < RUNS; i++) {
					RecordedRun run = new RecordedRun(seed + rows.size(), nodes);
					run.run(faults(rows.size()));
					rows.add(run.row());
					System.out.println("T45: " + run.row());
				}
			}
			finally {
				nodes.forEach(RegistryNode::close);
			}
		}
	}

	private static List<List<Fault>> faults(int run) {
		if (run % 5 == 4) {
			return List.of(ALL, ALL);
		}
		return (run % 2 == 0) ? List.of(ALL, WAYS) : List.of(WAYS, ALL);
	}

}
