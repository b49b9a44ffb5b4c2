package io.meshup.registry.store.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;

import io.meshup.registry.problem.ApiProblem;
import io.meshup.registry.store.ledger.chain.Checkpoint;
import io.meshup.registry.store.ledger.chain.KeptRows;
import io.meshup.registry.store.ledger.chain.LedgerEntry;
import io.meshup.registry.store.ledger.chain.LedgerHead;
import io.meshup.registry.store.ledger.chain.LedgerRow;
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

	private LedgerHead attempted;

	private List<LedgerRow> attemptedRows = List.of();

	private KeptRows kept;

	private Checkpoint checkpoint;

	private volatile long pages = 4_294_967_294L;

	private volatile boolean suspect;

	private boolean lost;

	private boolean failing;

	private Ledger(Path path, LedgerFile file, LedgerReplay rows) throws SQLException {
		this.path = path;
		this.file = file;
		this.kept = new KeptRows();
		this.head = file.verify(rows, this.kept);
		this.attempted = this.head;
		this.checkpoint = file.readCheckpoint();
	}

	/**
	 * Opens the file and checks all of it.
	 * @param directory where it is, or is made
	 * @param rows takes every row, in order
	 * @return the ledger
	 * @throws StoreUnusableException when the file is damaged or cannot be used
	 */
	public static Ledger open(DataDirectory directory, LedgerReplay rows) {
		unpackDriverInto(directory.path());
		Path path = directory.path().resolve(FILE);
		try {
			LedgerCopy.sweep(directory.path());
			if (!Files.exists(path)) {
				LedgerFile.create(path);
			}
			LedgerFile file = LedgerFile.open(path);
			try {
				return new Ledger(path, file, rows);
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

	/**
	 * Which rows lie together: to drop some of them is no more work than to drop one.
	 * @param sequence a row's number
	 * @return the number of its block
	 */
	public static long block(long sequence) {
		return KeptRows.block(sequence);
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
		List<LedgerRow> rows = new ArrayList<>(entries.size());
		for (LedgerEntry entry : entries) {
			LedgerRow row = after.next(entry);
			rows.add(row);
			after = after.after(row);
		}
		commit(rows, after);
	}

	/**
	 * Lets the file grow to a size and no further, as a full disk does.
	 * @param pages the size in pages
	 */
	public void limitPages(long pages) {
		this.pages = pages;
		this.suspect = true;
	}

	/**
	 * How many rows there have been.
	 * @return the number of the last row
	 */
	public long count() {
		return this.head.count();
	}

	/**
	 * Reads rows.
	 * @param range what to read
	 * @return the rows
	 * @throws ApiProblem when the disk refused
	 */
	public List<LedgerRow> read(RowRange range) {
		try {
			if (this.suspect) {
				reopen();
			}
			List<LedgerRow> rows = new ArrayList<>();
			this.file.forEach(range.sql(), (row) -> rows.add(withPrevious(row)), range.arguments());
			return rows;
		}
		catch (SQLException ex) {
			logger.warn("The store's rows cannot be read: {}", this.path, ex);
			throw ApiProblem.of(HttpStatus.SERVICE_UNAVAILABLE,
					"The disk does not give the rows; see the registry's log.");
		}
	}

	private LedgerRow withPrevious(LedgerRow row) {
		boolean first = row.previous().length == 0 && row.sequence() == this.checkpoint.through() + 1;
		return first ? new LedgerRow(row.sequence(), row.entry(), this.checkpoint.last(), row.hash()) : row;
	}

	/**
	 * Drops rows and leaves a checkpoint. It takes as long as reading and deleting the
	 * rows, and reading those that lie between them.
	 * @param dropped the numbers of the rows
	 * @param revision of the last change of any rule
	 * @param at when
	 * @return the checkpoint
	 * @throws ApiProblem when the disk refused; nothing was dropped
	 */
	public LedgerRow drop(Collection<Long> dropped, long revision, String at) {
		KeptRows left = this.kept.copy();
		LedgerRow[] checkpoint = new LedgerRow[1];
		keep(() -> {
			checkpoint[0] = this.file.drop(dropped, this.head, left,
					(gone) -> checkpoint(left).entry(revision, at, gone));
			this.kept = left;
			this.checkpoint = this.file.readCheckpoint();
			return this.head.after(checkpoint[0]);
		});
		return checkpoint[0];
	}

	private Checkpoint checkpoint(KeptRows rows) {
		return new Checkpoint(this.head.count(), this.head.last(), rows.digest(), KeptRows.BLOCK);
	}

	/**
	 * Makes a copy of the file beside it, for a backup.
	 * @param spare how many revisions the copy leaves out after those that are usable
	 * here
	 * @return the copy
	 * @throws ApiProblem when the disk refused; nothing is left of it then
	 */
	public Path copy(long spare) {
		try {
			if (this.suspect) {
				reopen();
			}
			return LedgerCopy.make(this.path, this.file, this.head.reserving(this.head.reserved() + spare));
		}
		catch (SQLException | IOException ex) {
			logger.warn("No backup of the store could be made: {}", this.path, ex);
			boolean isFull = ex instanceof SQLException sql && code(sql) == SQLiteErrorCode.SQLITE_FULL;
			throw ApiProblem.of(isFull ? HttpStatus.INSUFFICIENT_STORAGE : HttpStatus.SERVICE_UNAVAILABLE,
					"No backup was made: "
							+ (isFull ? "the registry's disk has no room for a second copy"
									: "the disk does not take it; see the registry's log")
							+ ". The registry goes on as before.");
		}
	}

	private void commit(List<LedgerRow> rows, LedgerHead after) {
		this.attempted = after;
		this.attemptedRows = rows;
		keep(() -> {
			this.file.commit(rows, after);
			rows.forEach(this.kept::add);
			return after;
		});
	}

	private void keep(Callable<LedgerHead> work) {
		if (this.lost) {
			throw refused(HttpStatus.SERVICE_UNAVAILABLE,
					"the disk failed to keep an earlier write; restart the registry once the disk is well");
		}
		try {
			if (this.suspect) {
				reopen();
			}
			this.suspect = true;
			this.head = work.call();
			this.suspect = false;
			recovered();
		}
		catch (SQLException ex) {
			settle(ex);
		}
		catch (Exception ex) {
			throw new IllegalStateException("The store's writer failed", ex);
		}
	}

	/**
	 * A commit that reports a failure may have been kept all the same: the file is asked
	 * at once, so that nobody is told the opposite of what is on disk.
	 * @param failure what was reported
	 */
	private void settle(SQLException failure) {
		ApiProblem problem = failed(failure);
		if (!this.lost && this.suspect && isKept()) {
			this.head = this.attempted;
			this.attemptedRows.forEach(this.kept::add);
			recovered();
			return;
		}
		throw problem;
	}

	private boolean isKept() {
		try {
			this.file.close();
			this.file = LedgerFile.open(this.path);
			this.file.execute("PRAGMA max_page_count=" + this.pages);
			byte[] present = this.file.readHead().hash();
			boolean unchanged = Arrays.equals(present, this.head.hash());
			boolean kept = !unchanged && Arrays.equals(present, this.attempted.hash());
			// Neither the one nor the other: the next write has to find out.
			this.suspect = !unchanged && !kept;
			return kept;
		}
		catch (SQLException | StoreUnusableException ex) {
			logger.debug("The store cannot be asked whether the write was kept: {}", this.path, ex);
			return false;
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
