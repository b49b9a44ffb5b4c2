package io.meshup.registry.store.ledger;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import io.meshup.registry.store.ledger.chain.Checkpoint;
import io.meshup.registry.store.ledger.chain.KeptRows;
import io.meshup.registry.store.ledger.chain.LedgerEntry;
import io.meshup.registry.store.ledger.chain.LedgerHead;
import io.meshup.registry.store.ledger.chain.LedgerRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@code ChainCheck}: files with checkpoints of both kinds.
 */
class ChainCheckTests {

	private static final int ROWS = 2 * KeptRows.BLOCK + 10;

	@TempDir
	private Path directory;

	@Test
	void acceptsACheckpointWhoseDigestIsOfAllRowsOneAfterTheOther() throws Exception {
		drop(0, List.of(2L, 300L));

		assertThat(read()).hasSize(ROWS - 1).doesNotContain(2L, 300L).endsWith(ROWS + 1L);
		execute("UPDATE entry SET author = 'eve' WHERE sequence = 299");
		assertThatExceptionOfType(StoreUnusableException.class).isThrownBy(this::read);
	}

	@Test
	void acceptsACheckpointWhoseDigestIsMadeOfBlocksAndNoOtherRows() throws Exception {
		drop(KeptRows.BLOCK, List.of(2L, 3L, 300L));

		assertThat(read()).hasSize(ROWS - 2).doesNotContain(2L, 3L, 300L).endsWith(ROWS + 1L);
		execute("DELETE FROM entry WHERE sequence = 400");
		assertThatExceptionOfType(StoreUnusableException.class).isThrownBy(this::read);
	}

	@Test
	void acceptsThatAllWasDropped() throws Exception {
		List<Long> all = new ArrayList<>();
		for (long i = 1; i <= ROWS; i++) {
			all.add(i);
		}
		drop(KeptRows.BLOCK, all);

		assertThat(read()).containsExactly(ROWS + 1L);
	}

	private void drop(int block, List<Long> dropped) throws Exception {
		try (DataDirectory data = DataDirectory.open(this.directory)) {
			Ledger ledger = Ledger.open(data, (sequence, entry) -> {
			});
			List<LedgerEntry> entries = new ArrayList<>();
			for (int i = 1; i <= ROWS; i++) {
				entries.add(entry(i));
			}
			ledger.append(entries, 1_000);
			ledger.close();
		}
		try (LedgerFile file = LedgerFile.open(path())) {
			KeptRows kept = new KeptRows();
			List<LedgerRow> flat = new ArrayList<>();
			LedgerHead head = file.verify((sequence, entry) -> {
			}, kept);
			file.forEach("SELECT *, NULL AS previous FROM entry ORDER BY sequence", flat::add);
			flat.removeIf((row) -> dropped.contains(row.sequence()));
			file.drop(dropped, head, kept, (
					gone) -> new Checkpoint(head.count(), head.last(), (block == 0) ? fold(flat) : kept.digest(), block)
						.entry(7, "2026-11-22T08:00:00Z", gone));
		}
	}

	private static byte[] fold(List<LedgerRow> rows) {
		byte[] digest = new byte[32];
		for (LedgerRow row : rows) {
			digest = Checkpoint.fold(digest, row);
		}
		return digest;
	}

	private List<Long> read() throws SQLException {
		List<Long> numbers = new ArrayList<>();
		try (LedgerFile file = LedgerFile.open(path())) {
			file.verify((sequence, entry) -> numbers.add(sequence), new KeptRows());
		}
		return numbers;
	}

	private void execute(String sql) throws SQLException {
		try (LedgerFile file = LedgerFile.open(path())) {
			file.execute(sql);
		}
	}

	private Path path() {
		return this.directory.resolve(Ledger.FILE);
	}

	private static LedgerEntry entry(int number) {
		return new LedgerEntry(number, LedgerEntry.RULE, "Route/r" + number, "bob", "2026-11-22T08:00:00Z",
				("{\"n\":" + number + "}").getBytes(StandardCharsets.UTF_8));
	}

}
