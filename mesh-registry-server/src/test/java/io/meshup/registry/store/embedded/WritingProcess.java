package io.meshup.registry.store.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

import io.meshup.registry.store.ledger.DataDirectory;
import io.meshup.registry.store.rule.RuleChange;

/**
 * Writes rules until it is killed, from several threads, and tells of each that was
 * acknowledged its name and how long that took.
 */
public final class WritingProcess {

	private WritingProcess() {
	}

	/**
	 * Runs on its own.
	 * @param arguments the data directory, and how many threads write
	 */
	public static void main(String[] arguments) {
		DataDirectory data = DataDirectory.open(Path.of(arguments[0]));
		EmbeddedStore store = EmbeddedStore.open(data, EmbeddedStoreTests.HISTORY, InstantSource.system(),
				EmbeddedStoreTests.WAITING);
		for (int writer = 0; writer < Integer.parseInt(arguments[1]); writer++) {
			String prefix = "r" + writer + "-";
			new Thread(() -> write(store, prefix)).start();
		}
	}

	private static void write(EmbeddedStore store, String prefix) {
		for (int i = 0; i < 100_000; i++) {
			RuleChange change = EmbeddedStoreTests.put(prefix + i, i);
			long begun = System.nanoTime();
			store.write((present) -> List.of(change)).block(Duration.ofSeconds(30));
			System.out.println("ack " + prefix + i + " " + (System.nanoTime() - begun) / 1_000);
		}
	}

}
