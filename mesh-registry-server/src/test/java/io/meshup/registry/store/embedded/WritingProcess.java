package io.meshup.registry.store.embedded;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

import io.meshup.registry.store.RuleChange;
import io.meshup.registry.store.ledger.DataDirectory;

/**
 * Writes rules until it is killed, and says so after each.
 */
public final class WritingProcess {

	private WritingProcess() {
	}

	/**
	 * Runs on its own.
	 * @param arguments the data directory
	 */
	public static void main(String[] arguments) {
		DataDirectory data = DataDirectory.open(Path.of(arguments[0]));
		EmbeddedStore store = EmbeddedStore.open(data, EmbeddedStoreTests.HISTORY, InstantSource.system());
		PrintStream out = System.out;
		for (int i = 0; i < 100_000; i++) {
			RuleChange change = EmbeddedStoreTests.put("r" + i, i);
			store.write((present) -> List.of(change)).block(Duration.ofSeconds(30));
			out.println("ack " + i);
			out.flush();
		}
	}

}
