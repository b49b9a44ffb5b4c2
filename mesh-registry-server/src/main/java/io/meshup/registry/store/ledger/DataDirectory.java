package io.meshup.registry.store.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The directory of all that the registry keeps, owned by this process alone as long as it
 * is open. Made with 0700, its files with 0600.
 */
public final class DataDirectory implements AutoCloseable {

	private static final String LOCK = "lock";

	private final Path path;

	private final FileChannel lock;

	private DataDirectory(Path path, FileChannel lock) {
		this.path = path;
		this.lock = lock;
	}

	/**
	 * Makes the directory if need be and takes it.
	 * @param path where
	 * @return the directory, owned until closed
	 * @throws StoreUnusableException when it cannot be made or another process owns it
	 */
	public static DataDirectory open(Path path) {
		Path directory = path.toAbsolutePath().normalize();
		try {
			if (!Files.isDirectory(directory)) {
				make(directory);
			}
			return new DataDirectory(directory, lock(directory));
		}
		catch (IOException ex) {
			throw new StoreUnusableException(directory,
					"The registry's data directory '" + directory + "' cannot be used: " + ex + ".",
					"Make it a directory that the registry's user may write to, or set mesh.registry.data-dir.", ex);
		}
	}

	private static void make(Path directory) throws IOException {
		Path present = directory;
		while (!Files.isDirectory(present) && present.getParent() != null) {
			present = present.getParent();
		}
		Files.createDirectories(directory, permissions(directory, "rwx------"));
		// A power cut may take a name whose own directory was not synced.
		for (Path each = directory.getParent(); each != null && each.startsWith(present); each = each.getParent()) {
			sync(each);
		}
	}

	private static void sync(Path directory) throws IOException {
		if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
			try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
				channel.force(true);
			}
		}
	}

	private static FileChannel lock(Path directory) throws IOException {
		Path file = createFile(directory.resolve(LOCK));
		FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
		try {
			if (channel.tryLock() == null) {
				throw new OverlappingFileLockException();
			}
			channel.truncate(0);
			channel.write(
					ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
			return channel;
		}
		catch (OverlappingFileLockException ex) {
			channel.close();
			throw new StoreUnusableException(directory,
					"The registry's data directory '" + directory + "' is in use by another registry (process "
							+ Files.readString(file) + ").",
					"Stop that one first, or give this one its own directory with mesh.registry.data-dir.", ex);
		}
	}

	/**
	 * Where it is.
	 * @return an absolute path
	 */
	public Path path() {
		return this.path;
	}

	static Path createFile(Path file) throws IOException {
		try {
			return Files.createFile(file, permissions(file, "rw-------"));
		}
		catch (FileAlreadyExistsException ex) {
			return file;
		}
	}

	private static FileAttribute<?>[] permissions(Path near, String permissions) {
		if (!near.getFileSystem().supportedFileAttributeViews().contains("posix")) {
			return new FileAttribute<?>[0];
		}
		return new FileAttribute<?>[] {
				PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)) };
	}

	@Override
	public void close() {
		try {
			this.lock.close();
		}
		catch (IOException ex) {
			throw new StoreUnusableException(this.path, "The lock on '" + this.path + "' cannot be released: " + ex,
					"End the process.", ex);
		}
	}

}
