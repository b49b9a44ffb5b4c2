package io.meshup.registry.store.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import io.meshup.registry.store.ledger.DataDirectory;
import io.meshup.registry.store.ledger.Ledger;
import io.meshup.registry.store.ledger.StoreUnusableException;
import io.meshup.registry.store.rule.RuleChange;
import io.meshup.registry.store.rule.StoredRule;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A file that is not what was written is refused, or reads as exactly what was written.
 */
class DamagedStoreTests {

	private static final int FLIPS = Boolean.getBoolean("mesh.full") ? 1_000 : 400;

	private static final Duration LIMIT = Duration.ofSeconds(30);

	@TempDir
	private Path directory;

	private byte[] good = new byte[0];

	private List<StoredRule> rules = List.of();

	@BeforeEach
	void write() throws Exception {
		try (DataDirectory data = DataDirectory.open(this.directory);
				EmbeddedStore store = EmbeddedStore.open(data, EmbeddedStoreTests.HISTORY, InstantSource.system(),
						EmbeddedStoreTests.WAITING)) {
			for (int round = 0; round < 3; round++) {
				int first = round * 20;
				List<RuleChange> changes = IntStream.range(first, first + 20)
					.mapToObj((i) -> EmbeddedStoreTests.put("s" + i % 20, i))
					.toList();
				store.write((present) -> changes).block(LIMIT);
			}
			this.rules = store.rules();
		}
		this.good = Files.readAllBytes(file());
	}

	private Path file() {
		return this.directory.resolve(Ledger.FILE);
	}

	@Test
	void neverReadsAFlippedBitAsAnotherRule() throws Exception {
		Random random = new Random(29);
		int refused = 0;
		for (int i = 0; i < FLIPS; i++) {
			byte[] bytes = this.good.clone();
			int at = (i < 100) ? i : random.nextInt(bytes.length);
			bytes[at] ^= (byte) (1 << random.nextInt(8));
			refused += isRefused(bytes) ? 1 : 0;
		}
		System.out.printf("T29: %d of %d flipped bits refused, the others read as what was written%n", refused, FLIPS);
		assertThat(refused).isGreaterThan(FLIPS / 4);
	}

	@Test
	void neverReadsAFlippedByteInARowAsAnotherRule() throws Exception {
		String text = new String(this.good, StandardCharsets.ISO_8859_1);
		int at = text.indexOf("\"weight\":");
		int refused = 0;
		while (at >= 0) {
			byte[] bytes = this.good.clone();
			bytes[at + 9] = (byte) ((bytes[at + 9] == '1') ? '2' : '1');
			// Free space of a page may hold an old copy of a row, which nobody reads.
			refused += isRefused(bytes) ? 1 : 0;
			at = text.indexOf("\"weight\":", at + 1);
		}
		assertThat(refused).isGreaterThanOrEqualTo(60);
	}

	@Test
	void refusesATruncatedFile() throws Exception {
		Random random = new Random(28);
		for (int i = 0; i < 60; i++) {
			int length = (i < 5) ? i : random.nextInt(this.good.length);
			assertThat(isRefused(Arrays.copyOf(this.good, length))).as("length " + length).isTrue();
		}
		for (int length = 4096; length < this.good.length; length += 4096) {
			assertThat(isRefused(Arrays.copyOf(this.good, length))).as("length " + length).isTrue();
		}
	}

	// T28
	@Test
	@EnabledIfSystemProperty(named = "mesh.full", matches = "true")
	void refusesAFileCutAtAnyByteOfItsLast64Kilobytes() throws Exception {
		long slowest = 0;
		int from = Math.max(0, this.good.length - 64 * 1024);
		for (int length = from; length < this.good.length; length++) {
			long begun = System.nanoTime();
			assertThat(isRefused(Arrays.copyOf(this.good, length))).as("length " + length).isTrue();
			slowest = Math.max(slowest, System.nanoTime() - begun);
		}
		System.out.printf("T28: cut at each of %d bytes, refused each time, after %d ms at most%n",
				this.good.length - from, slowest / 1_000_000);
		assertThat(Duration.ofNanos(slowest)).isLessThan(Duration.ofSeconds(2));
	}

	@Test
	void refusesRowsThatWereTakenAway() throws Exception {
		execute("DELETE FROM entry WHERE sequence = 60");

		assertThat(isRefused(Files.readAllBytes(file()))).isTrue();
	}

	@Test
	void refusesAHeadThatWasSetBack() throws Exception {
		execute("UPDATE head SET reserved = 0");

		assertThat(isRefused(Files.readAllBytes(file()))).isTrue();
	}

	@Test
	void tellsWhatHappenedWhereAndWhatToDo() throws Exception {
		Files.write(file(),
				"not a database, certainly not one of SQLite's".repeat(100).getBytes(StandardCharsets.UTF_8));

		assertThatExceptionOfType(StoreUnusableException.class).isThrownBy(this::read).satisfies((ex) -> {
			assertThat(ex).hasMessageContaining(file().toString()).hasMessageContaining("is damaged");
			assertThat(ex.action()).contains("backup", file().toString());
		});
	}

	@Test
	void leavesADamagedFileAsItIs() throws Exception {
		byte[] bytes = this.good.clone();
		bytes[bytes.length - 50] ^= 1;

		assertThat(isRefused(bytes)).isTrue();

		assertThat(Files.readAllBytes(file())).isEqualTo(bytes);
	}

	@Test
	void beginsAnewAfterADeathWhileTheFileWasMade() throws Exception {
		Files.delete(file());
		Files.write(this.directory.resolve(Ledger.FILE + ".new"), new byte[100]);
		Files.write(this.directory.resolve(Ledger.FILE + ".new-journal"), new byte[512]);

		assertThat(read()).isEmpty();
	}

	private void execute(String sql) throws SQLException {
		try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
				Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	private boolean isRefused(byte[] bytes) throws IOException {
		Files.write(file(), bytes);
		Files.deleteIfExists(this.directory.resolve(Ledger.FILE + "-journal"));
		try {
			assertThat(read()).isEqualTo(this.rules);
			return false;
		}
		catch (StoreUnusableException ex) {
			assertThat(ex).hasMessageContaining(file().toString());
			assertThat(ex.action()).isNotEmpty();
			return true;
		}
	}

	/**
	 * Reads as a start does, without the start's own write: hundreds of those take
	 * minutes on a busy disk.
	 * @return the rules
	 */
	private List<StoredRule> read() {
		RuleHistory history = new RuleHistory(100);
		try (DataDirectory data = DataDirectory.open(this.directory); Ledger ledger = Ledger.open(data, history)) {
			assertThat(ledger.registry()).isNotEmpty();
			return history.rules().all();
		}
	}

}
