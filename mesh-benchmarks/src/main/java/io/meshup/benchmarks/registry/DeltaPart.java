package io.meshup.benchmarks.registry;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many bytes one more instance of a large service costs a watcher.
 */
final class DeltaPart {

	private static final int ROUNDS = 9;

	private DeltaPart() {
	}

	static void run(int[] sizes) throws IOException {
		RegistryComparison.row("one more instance of a service of", "bytes for a watcher with deltas", "without");
		System.out.println("|---|---|---|");
		for (int size : sizes) {
			RegistryComparison.row(Integer.toString(size), Long.toString(bytes(size, "&deltas=true")),
					Long.toString(bytes(size, "")));
		}
	}

	// The median: what comes and goes meanwhile is not in it.
	private static long bytes(int size, String option) throws IOException {
		try (RegistryProcess registry = RegistryComparison.fresh();
				Lines lines = new Lines(registry.port(), RegistryProcess.TOKEN);
				Calls calls = new Calls(registry.port(), 50)) {
			beatAll(calls, size);
			lines.add("services=large" + option);
			RegistryComparison.await(() -> lines.bytes() > 0, 30, () -> "no byte");
			long[] bytes = new long[ROUNDS];
			for (int round = 0; round < ROUNDS; round++) {
				if (round % 3 == 0) {
					// Nobody must turn suspect meanwhile.
					beatAll(calls, size);
					RegistryComparison.pause(300);
				}
				bytes[round] = oneMore(lines, calls, "one-more-" + round + "x");
			}
			Arrays.sort(bytes);
			return bytes[ROUNDS / 2];
		}
	}

	private static long oneMore(Lines lines, Calls calls, String id) {
		Lines.Probe probe = lines.expect("\"id\":\"" + id + "\"", 1);
		long before = lines.bytes();
		calls.send("PUT /api/v1/services/large/instances/" + id, RegistryComparison.JOIN,
				RegistryComparison.instance(0), (status, answer) -> {
				});
		RegistryComparison.await(probe::isComplete, 30, () -> "not seen");
		RegistryComparison.pause(100);
		return lines.bytes() - before;
	}

	private static void beatAll(Calls calls, int size) {
		AtomicInteger taken = new AtomicInteger();
		for (int i = 0; i < size; i++) {
			calls.send("PUT /api/v1/services/large/instances/instance-" + i, RegistryComparison.JOIN,
					RegistryComparison.instance(i), (status, answer) -> taken.incrementAndGet());
		}
		RegistryComparison.await(() -> taken.get() == size, 60, () -> taken + " registered");
	}

}
