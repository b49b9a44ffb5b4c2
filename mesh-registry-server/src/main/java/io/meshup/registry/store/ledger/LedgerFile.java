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
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * The ledger's SQL: one SQLite file with the rows and the head. Not thread-safe.
 */
final class LedgerFile implements AutoCloseable {

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
	 * @param entries takes every row, in order
	 * @return the head, equal to what the rows add up to
	 */
	LedgerHead verify(Consumer<LedgerEntry> entries) throws SQLException {
		try (Statement statement = this.connection.createStatement();
				ResultSet result = statement.executeQuery("PRAGMA integrity_check(1)")) {
			if (!result.next() || !"ok".equals(result.getString(1))) {
				throw damaged("SQLite's integrity check says '" + result.getString(1) + "'");
			}
		}
		LedgerHead head = readHead();
		LedgerHead sum = new LedgerHead(head.registry(), 0, new byte[32], head.reserved());
		try (Statement statement = this.connection.createStatement();
				ResultSet row = statement.executeQuery("SELECT * FROM entry ORDER BY sequence")) {
			while (row.next()) {
				sum = next(sum, row, entries);
			}
		}
		if (sum.count() != head.count() || !Arrays.equals(sum.last(), head.last())) {
			throw damaged("it has " + sum.count() + " rows but its head says " + head.count());
		}
		return head;
	}

	private LedgerHead next(LedgerHead sum, ResultSet row, Consumer<LedgerEntry> entries) throws SQLException {
		LedgerEntry entry = new LedgerEntry(row.getLong("revision"), text(row, "type"), text(row, "subject"),
				text(row, "author"), text(row, "at"), bytes(row, "body"));
		LedgerHead next = sum.after(entry);
		if (row.getLong("sequence") != next.count() || !Arrays.equals(next.last(), bytes(row, "hash"))) {
			throw damaged("row " + next.count() + " is not what was written");
		}
		entries.accept(entry);
		return next;
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
	 * @param entries the rows
	 * @param before the present head
	 * @param after the head after the rows
	 */
	void commit(List<LedgerEntry> entries, LedgerHead before, LedgerHead after) throws SQLException {
		execute("BEGIN IMMEDIATE");
		try {
			insert(entries, before);
			writeHead("UPDATE head SET registry = ?, entries = ?, last = ?, reserved = ?, hash = ? WHERE id = 1",
					after);
			execute("COMMIT");
		}
		catch (SQLException ex) {
			rollback(ex);
			throw ex;
		}
	}

	private void insert(List<LedgerEntry> entries, LedgerHead before) throws SQLException {
		LedgerHead head = before;
		try (PreparedStatement row = this.connection.prepareStatement("INSERT INTO entry (sequence, revision, type, "
				+ "subject, author, at, body, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")) {
			for (LedgerEntry entry : entries) {
				head = head.after(entry);
				row.setLong(1, head.count());
				row.setLong(2, entry.revision());
				row.setString(3, entry.type());
				row.setString(4, entry.subject());
				row.setString(5, entry.author());
				row.setString(6, entry.at());
				row.setBytes(7, entry.body());
				row.setBytes(8, head.last());
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
