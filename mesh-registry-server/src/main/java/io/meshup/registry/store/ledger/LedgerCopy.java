package io.meshup.registry.store.ledger;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

import io.meshup.registry.store.ledger.chain.LedgerHead;

/**
 * Makes whole copies of a ledger's file, for backups.
 */
final class LedgerCopy {

	private static final String PREFIX = "backup-";

	private LedgerCopy() {
	}

	/**
	 * Copies a file that nobody writes to meanwhile.
	 * @param path where it is
	 * @param file the file
	 * @param head what the copy's head is to say
	 * @return the copy, in the same directory
	 */
	static Path make(Path path, LedgerFile file, LedgerHead head) throws SQLException, IOException {
		Path copy = DataDirectory.createFile(path.resolveSibling(PREFIX + UUID.randomUUID() + ".db"));
		try {
			file.copyInto(copy);
			try (LedgerFile made = LedgerFile.open(copy)) {
				made.commit(List.of(), head);
			}
			Files.deleteIfExists(journal(copy));
			return copy;
		}
		catch (SQLException | RuntimeException ex) {
			Files.deleteIfExists(journal(copy));
			Files.deleteIfExists(copy);
			throw ex;
		}
	}

	/**
	 * Deletes what a registry that was killed did not send to the end.
	 * @param directory where copies are made
	 */
	static void sweep(Path directory) throws IOException {
		try (DirectoryStream<Path> left = Files.newDirectoryStream(directory, PREFIX + "*.db*")) {
			for (Path copy : left) {
				Files.deleteIfExists(copy);
			}
		}
	}

	private static Path journal(Path copy) {
		return copy.resolveSibling(copy.getFileName() + "-journal");
	}

}
