package io.meshup.registry.store.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

import io.meshup.registry.problem.ApiProblem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

import org.springframework.http.HttpStatus;

/**
 * The append-only file of everything that must survive. Used by the writer thread alone.
 */
public final class Ledger implements AutoCloseable {

	/**
	 * The file's name.
	 */
	public static final String FILE = "mesh.db";

	private static final Logger logger = LoggerFactory.getLogger(Ledger.class);

	private final Path path;

	private LedgerFile file;

	private LedgerHead head;

	private volatile long pages = 4_294_967_294L;

	private volatile boolean suspect;

	private boolean lost;

	private boolean failing;

	private Ledger(Path path, LedgerFile file, LedgerHead head) {
		this.path = path;
		this.file = file;
		this.head = head;
	}

	/**
	 * Opens the file and checks all of it.
	 * @param directory where it is, or is made
	 * @param entries takes every row, in order
	 * @return the ledger
	 * @throws StoreUnusableException when the file is damaged or cannot be used
	 */
	public static Ledger open(DataDirectory directory, Consumer<LedgerEntry> entries) {
		unpackDriverInto(directory.path());
		Path path = directory.path().resolve(FILE);
		try {
			if (!Files.exists(path)) {
				LedgerFile.create(path);
			}
			LedgerFile file = LedgerFile.open(path);
			try {
				return new Ledger(path, file, file.verify(entries));
			}
			catch (SQLException | RuntimeException ex) {
				file.close();
				throw ex;
			}
		}
		catch (SQLException ex) {
			throw unusable(path, ex);
		}
		catch (IOException ex) {
			throw cannotBeUsed(path, ex);
		}
	}

	/**
	 * A container's /tmp may forbid to run what is unpacked there.
	 * @param directory where the driver puts its native library
	 */
	private static void unpackDriverInto(Path directory) {
		if (System.getProperty("org.sqlite.tmpdir") == null) {
			System.setProperty("org.sqlite.tmpdir", directory.toString());
		}
	}

	public String registry() {
		return this.head.registry();
	}

	public long reserved() {
		return this.head.reserved();
	}

	/**
	 * Keeps rows and makes revisions usable, all or nothing; it is on disk when this
	 * returns.
	 * @param entries the rows
	 * @param upTo the highest usable revision from now on
	 * @throws ApiProblem when the disk refused; nothing was kept
	 */
	public void append(List<LedgerEntry> entries, long upTo) {
		if (entries.isEmpty() && upTo == this.head.reserved()) {
			return;
		}
		LedgerHead after = this.head.reserving(upTo);
		for (LedgerEntry entry : entries) {
			after = after.after(entry);
		}
		commit(entries, after);
	}

	/**
	 * Lets the file grow to a size and no further, as a full disk does.
	 * @param pages the size in pages
	 */
	public void limitPages(long pages) {
		this.pages = pages;
		this.suspect = true;
	}

	private void commit(List<LedgerEntry> entries, LedgerHead after) {
		if (this.lost) {
			throw refused(HttpStatus.SERVICE_UNAVAILABLE,
					"the disk failed to keep an earlier write; restart the registry once the disk is well");
		}
		try {
			if (this.suspect) {
				reopen();
			}
			this.suspect = true;
			this.file.commit(entries, this.head, after);
			this.suspect = false;
			this.head = after;
			recovered();
		}
		catch (SQLException ex) {
			throw failed(ex);
		}
	}

	/**
	 * After a failure the file decides, not what this process remembers of it.
	 */
	private void reopen() throws SQLException {
		this.file.close();
		this.file = LedgerFile.open(this.path);
		this.file.execute("PRAGMA max_page_count=" + this.pages);
		LedgerHead present = this.file.readHead();
		if (!Arrays.equals(present.hash(), this.head.hash())) {
			this.lost = true;
			throw new SQLException("'" + this.path + "' is no longer as this registry has left it");
		}
	}

	private void recovered() {
		if (this.failing) {
			logger.info("The store takes writes again: {}", this.path);
		}
		this.failing = false;
	}

	private ApiProblem failed(SQLException ex) {
		if (this.failing) {
			logger.debug("Another write to the store failed and was not kept: {}", this.path, ex);
		}
		else {
			logger.warn("A write to the store failed and was not kept: {}", this.path, ex);
		}
		this.failing = true;
		SQLiteErrorCode code = code(ex);
		if (code == SQLiteErrorCode.SQLITE_FULL) {
			return refused(HttpStatus.INSUFFICIENT_STORAGE, "the disk is full; free some space and send again");
		}
		if (code == SQLiteErrorCode.SQLITE_IOERR_FSYNC || code == SQLiteErrorCode.SQLITE_IOERR_DIR_FSYNC) {
			// The kernel may have dropped the pages: what is read back proves nothing.
			this.lost = true;
		}
		return refused(HttpStatus.SERVICE_UNAVAILABLE,
				"the disk does not take writes (" + code + "); see the registry's log, mend the disk and send again");
	}

	private static ApiProblem refused(HttpStatus status, String reason) {
		return ApiProblem.of(status, "The change was not kept and nothing was published: " + reason + ".");
	}

	private static StoreUnusableException unusable(Path path, SQLException ex) {
		return switch (code(ex)) {
			case SQLITE_FULL, SQLITE_BUSY, SQLITE_PERM, SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_READONLY_DIRECTORY ->
				cannotBeUsed(path, ex);
			default -> StoreUnusableException.damaged(path, "SQLite says '" + ex.getMessage() + "'", ex);
		};
	}

	private static StoreUnusableException cannotBeUsed(Path path, Exception ex) {
		return new StoreUnusableException(path,
				"The registry's store '" + path + "' cannot be used: " + ex.getMessage() + ".",
				"Let the registry's user read and write the file and its directory, see that the disk has space and "
						+ "that no other program has the file open.",
				ex);
	}

	private static SQLiteErrorCode code(SQLException ex) {
		return (ex instanceof SQLiteException sqlite) ? sqlite.getResultCode() : SQLiteErrorCode.UNKNOWN_ERROR;
	}

	@Override
	public void close() {
		try {
			this.file.close();
		}
		catch (SQLException ex) {
			logger.warn("The store could not be closed in order; the next start checks it: {}", this.path, ex);
		}
	}

}
