package io.meshup.control.lastgood;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The directory of the last good states. It is made for this user alone (0700) and
 * refused when another user owns it: who can write there decides where calls go.
 */
final class CacheDirectory {

	private static final String SUFFIX = ".tmp";

	private static final boolean POSIX = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

	private final Path directory;

	private final Owners owners;

	CacheDirectory(Path directory) {
		this(directory, (path) -> Files.getOwner(path, LinkOption.NOFOLLOW_LINKS));
	}

	CacheDirectory(Path directory, Owners owners) {
		this.directory = directory.toAbsolutePath();
		this.owners = owners;
	}

	/**
	 * Makes an empty file in the directory, which is made as well where it is missing.
	 * @param prefix how its name begins
	 * @return a file that only this user may read
	 * @throws IOException when the directory cannot be made or belongs to somebody else
	 */
	Path temporary(String prefix) throws IOException {
		make();
		Path temporary = Files.createTempFile(this.directory, prefix, SUFFIX);
		if (POSIX && !this.owners.of(this.directory).equals(this.owners.of(temporary))) {
			Files.delete(temporary);
			throw foreign(this.directory);
		}
		return temporary;
	}

	/**
	 * Refuses a file or a directory that is not this user's own.
	 * @param file a file in the directory
	 * @throws IOException when it belongs to somebody else, or that cannot be seen
	 */
	void requireOurs(Path file) throws IOException {
		Path ours = temporary(file.getFileName() + ".");
		try {
			if (POSIX && !this.owners.of(file).equals(this.owners.of(ours))) {
				throw foreign(file);
			}
		}
		finally {
			Files.deleteIfExists(ours);
		}
	}

	/**
	 * Deletes what a process that was killed while writing has left.
	 * @param prefix how the names of such files begin
	 */
	void sweep(String prefix) {
		try (DirectoryStream<Path> left = Files.newDirectoryStream(this.directory, prefix + "*" + SUFFIX)) {
			for (Path file : left) {
				Files.deleteIfExists(file);
			}
		}
		catch (IOException ex) {
			// nothing to sweep, or not ours: writing will say so
			return;
		}
	}

	private void make() throws IOException {
		try {
			FileAttribute<?>[] attributes = POSIX
					? new FileAttribute<?>[] {
							PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")) }
					: new FileAttribute<?>[0];
			Files.createDirectories(this.directory, attributes);
		}
		catch (FileAlreadyExistsException ex) {
			throw new IOException("'" + this.directory + "' is not a directory", ex);
		}
	}

	private static AccessDeniedException foreign(Path path) {
		return new AccessDeniedException(path.toString(), null,
				"it belongs to another user. Give this user its own with mesh.cache-dir");
	}

	/**
	 * Tells whom a path belongs to.
	 */
	@FunctionalInterface
	interface Owners {

		Object of(Path path) throws IOException;

	}

}
