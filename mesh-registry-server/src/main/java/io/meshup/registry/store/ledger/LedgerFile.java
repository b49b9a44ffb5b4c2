package io.meshup.registry.store.ledger;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.stream.Collectors;

import io.meshup.registry.store.ledger.chain.ChainCheck;
import io.meshup.registry.store.ledger.chain.Checkpoint;
import io.meshup.registry.store.ledger.chain.KeptRows;
import io.meshup.registry.store.ledger.chain.LedgerEntry;
import io.meshup.registry.store.ledger.chain.LedgerHead;
import io.meshup.registry.store.ledger.chain.LedgerRow;

/**
 * The ledger's SQL: one SQLite file with the rows and the head. Not thread-safe.
 */
public final class LedgerFile implements AutoCloseable {

	private static final List<String> PRAGMAS = List.of("PRAGMA locking_mode=EXCLUSIVE", "PRAGMA journal_mode=TRUNCATE",
			"PRAGMA synchronous=FULL", "PRAGMA trusted_schema=OFF", "PRAGMA cell_size_check=ON");

	private static final List<String> SCHEMA = List.of(
			"CREATE TABLE head (id INTEGER PRIMARY KEY CHECK (id = 1), registry TEXT NOT NULL, entries INTEGER NOT NULL, "
					+ "last BLOB NOT NULL, reserved INTEGER NOT NULL, hash BLOB NOT NULL)",
			"CREATE TABLE entry (sequence INTEGER PRIMARY KEY, revision INTEGER NOT NULL, type TEXT NOT NULL, "
					+ "subject TEXT NOT NULL, author TEXT NOT NULL, at TEXT NOT NULL, body BLOB NOT NULL, "
					+ "hash BLOB NOT NULL)");

	private final Path path;

	private final Connection connection;

	private LedgerFile(Path path, Connection connection) {
		this.path = path;
		this.connection = connection;
	}

	/**
	 * Makes a new file with everything that it needs, or none: an empty file under the
	 * final name is always damage.
	 * @param path the final name
	 */
	static void create(Path path) throws SQLException, IOException {
		Path fresh = path.resolveSibling(path.getFileName() + ".new");
		Files.deleteIfExists(fresh);
		Files.deleteIfExists(path.resolveSibling(fresh.getFileName() + "-journal"));
		DataDirectory.createFile(fresh);
		try (LedgerFile file = open(fresh)) {
			for (String table : SCHEMA) {
				file.execute(table);
			}
			file.writeHead("INSERT INTO head (registry, entries, last, reserved, hash, id) VALUES (?, ?, ?, ?, ?, 1)",
					LedgerHead.create());
		}
		Files.deleteIfExists(path.resolveSibling(fresh.getFileName() + "-journal"));
		Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
		try (FileChannel directory = FileChannel.open(path.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
			directory.force(true);
		}
	}

	static LedgerFile open(Path path) throws SQLException {
		LedgerFile file = new LedgerFile(path, DriverManager.getConnection("jdbc:sqlite:" + path));
		try {
			for (String pragma : PRAGMAS) {
				file.execute(pragma);
			}
			return file;
		}
		catch (SQLException ex) {
			file.close();
			throw ex;
		}
	}

	/**
	 * Reads everything, checking each hash on the way.
	 * @param rows takes every row, in order
	 * @param kept is given every row too
	 * @return the head, equal to what the rows add up to
	 */
	LedgerHead verify(LedgerReplay rows, KeptRows kept) throws SQLException {
		try (Statement statement = this.connection.createStatement();
				ResultSet result = statement.executeQuery("PRAGMA integrity_check(1)")) {
			if (!result.next() || !"ok".equals(result.getString(1))) {
				throw damaged("SQLite's integrity check says '" + result.getString(1) + "'");
			}
		}
		LedgerHead head = readHead();
		ChainCheck check = new ChainCheck(head, readCheckpoint(), kept);
		forEach("SELECT *, NULL AS previous FROM entry ORDER BY sequence", (row) -> {
			if (!check.accept(row)) {
				throw damaged("row " + row.sequence() + " is not what was written");
			}
			rows.row(row.sequence(), row.entry());
		});
		if (!check.endsAt(head)) {
			throw damaged(
					"its rows end at " + check.count() + " or are not all there, but its head says " + head.count());
		}
		return head;
	}

	/**
	 * Where the chain begins.
	 * @return the last checkpoint
	 */
	Checkpoint readCheckpoint() throws SQLException {
		try (PreparedStatement select = this.connection
			.prepareStatement("SELECT *, NULL AS previous FROM entry WHERE type = ? ORDER BY sequence DESC LIMIT 1")) {
			select.setString(1, LedgerEntry.CHECKPOINT);
			try (ResultSet result = select.executeQuery()) {
				if (!result.next()) {
					return Checkpoint.NONE;
				}
				LedgerRow row = row(result);
				Checkpoint checkpoint = Checkpoint.read(row.entry().body());
				if (checkpoint.through() != row.sequence() - 1) {
					throw damaged("its checkpoint is not what was written");
				}
				return checkpoint;
			}
		}
		catch (IllegalArgumentException ex) {
			throw damaged("its checkpoint cannot be read");
		}
	}

	void forEach(String sql, Consumer<LedgerRow> rows, Object... arguments) throws SQLException {
		try (PreparedStatement select = this.connection.prepareStatement(sql)) {
			for (int i = 0; i < arguments.length; i++) {
				select.setObject(i + 1, arguments[i]);
			}
			try (ResultSet result = select.executeQuery()) {
				while (result.next()) {
					rows.accept(row(result));
				}
			}
		}
	}

	private LedgerRow row(ResultSet row) throws SQLException {
		LedgerEntry entry = new LedgerEntry(row.getLong("revision"), text(row, "type"), text(row, "subject"),
				text(row, "author"), text(row, "at"), bytes(row, "body"));
		byte[] previous = row.getBytes("previous");
		return new LedgerRow(row.getLong("sequence"), entry, (previous != null) ? previous : new byte[0],
				bytes(row, "hash"));
	}

	LedgerHead readHead() throws SQLException {
		try (Statement statement = this.connection.createStatement();
				ResultSet row = statement.executeQuery("SELECT * FROM head")) {
			if (!row.next()) {
				throw damaged("its head is missing");
			}
			LedgerHead head = new LedgerHead(text(row, "registry"), row.getLong("entries"), bytes(row, "last"),
					row.getLong("reserved"));
			if (!Arrays.equals(head.hash(), bytes(row, "hash"))) {
				throw damaged("its head is not what was written");
			}
			return head;
		}
	}

	/**
	 * Adds rows and moves the head in one transaction; returns when it is on disk.
	 * @param rows the rows
	 * @param after the head after the rows
	 */
	void commit(List<LedgerRow> rows, LedgerHead after) throws SQLException {
		transact(() -> {
			insert(rows);
			updateHead(after);
			return after;
		});
	}

	/**
	 * Drops rows and leaves a checkpoint, in one transaction.
	 * @param dropped the numbers of the rows
	 * @param head the present head
	 * @param kept all rows; without the dropped ones and with the checkpoint afterwards
	 * @param checkpoint makes the checkpoint's row of the number of rows that went
	 * @return the checkpoint's row
	 */
	LedgerRow drop(Collection<Long> dropped, LedgerHead head, KeptRows kept, LongFunction<LedgerEntry> checkpoint)
			throws SQLException {
		return transact(() -> {
			long gone = delete(dropped);
			for (long block : dropped.stream().map(KeptRows::block).collect(Collectors.toCollection(TreeSet::new))) {
				List<LedgerRow> left = new ArrayList<>();
				forEach("SELECT *, NULL AS previous FROM entry WHERE sequence > ? AND sequence <= ? ORDER BY sequence",
						left::add, block * KeptRows.BLOCK, (block + 1) * KeptRows.BLOCK);
				kept.replace(block, left);
			}
			LedgerRow row = head.next(checkpoint.apply(gone));
			insert(List.of(row));
			updateHead(head.after(row));
			kept.add(row);
			return row;
		});
	}

	private long delete(Collection<Long> rows) throws SQLException {
		long gone = 0;
		try (PreparedStatement delete = this.connection.prepareStatement("DELETE FROM entry WHERE sequence = ?")) {
			for (long sequence : rows) {
				delete.setLong(1, sequence);
				gone += delete.executeUpdate();
			}
		}
		return gone;
	}

	/**
	 * Copies everything into a file that is empty or not there.
	 * @param copy the file
	 */
	void copyInto(Path copy) throws SQLException {
		try (PreparedStatement vacuum = this.connection.prepareStatement("VACUUM INTO ?")) {
			vacuum.setString(1, copy.toString());
			vacuum.execute();
		}
	}

	private <T> T transact(Callable<T> work) throws SQLException {
		execute("BEGIN IMMEDIATE");
		try {
			T done = work.call();
			execute("COMMIT");
			return done;
		}
		catch (SQLException ex) {
			rollback(ex);
			throw ex;
		}
		catch (Exception ex) {
			SQLException failed = new SQLException("The transaction failed", ex);
			rollback(failed);
			throw failed;
		}
	}

	private void updateHead(LedgerHead after) throws SQLException {
		writeHead("UPDATE head SET registry = ?, entries = ?, last = ?, reserved = ?, hash = ? WHERE id = 1", after);
	}

	private void insert(List<LedgerRow> rows) throws SQLException {
		try (PreparedStatement row = this.connection.prepareStatement("INSERT INTO entry (sequence, revision, type, "
				+ "subject, author, at, body, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")) {
			for (LedgerRow next : rows) {
				LedgerEntry entry = next.entry();
				row.setLong(1, next.sequence());
				row.setLong(2, entry.revision());
				row.setString(3, entry.type());
				row.setString(4, entry.subject());
				row.setString(5, entry.author());
				row.setString(6, entry.at());
				row.setBytes(7, entry.body());
				row.setBytes(8, next.hash());
				row.executeUpdate();
			}
		}
	}

	private void writeHead(String sql, LedgerHead head) throws SQLException {
		try (PreparedStatement row = this.connection.prepareStatement(sql)) {
			row.setString(1, head.registry());
			row.setLong(2, head.count());
			row.setBytes(3, head.last());
			row.setLong(4, head.reserved());
			row.setBytes(5, head.hash());
			if (row.executeUpdate() != 1) {
				throw damaged("its head is missing");
			}
		}
	}

	private void rollback(SQLException cause) {
		try {
			execute("ROLLBACK");
		}
		catch (SQLException ex) {
			// SQLite has rolled back by itself; the file is opened anew in any case.
			cause.addSuppressed(ex);
		}
	}

	void execute(String sql) throws SQLException {
		try (Statement statement = this.connection.createStatement()) {
			statement.execute(sql);
		}
	}

	private String text(ResultSet row, String column) throws SQLException {
		String text = row.getString(column);
		if (text == null) {
			throw damaged("a row has no " + column);
		}
		return text;
	}

	private byte[] bytes(ResultSet row, String column) throws SQLException {
		byte[] bytes = row.getBytes(column);
		if (bytes == null) {
			throw damaged("a row has no " + column);
		}
		return bytes;
	}

	private StoreUnusableException damaged(String finding) {
		return StoreUnusableException.damaged(this.path, finding, null);
	}

	@Override
	public void close() throws SQLException {
		this.connection.close();
	}

}
