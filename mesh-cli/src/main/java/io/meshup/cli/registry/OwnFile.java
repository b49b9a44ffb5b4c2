package io.meshup.cli.registry;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Files that only their owner may read, written whole or not at all.
 */
final class OwnFile {

	private OwnFile() {
	}

	static void createDirectories(Path directory) throws IOException {
		Files.createDirectories(directory, only("rwx------", directory));
	}

	/**
	 * Puts a content in a file's place; a reader never sees half of it, and after a
	 * failure it is as it was.
	 * @param file the file, in a directory that is there
	 * @param content read to its end
	 */
	static void replace(Path file, InputStream content) throws IOException {
		Path directory = file.toAbsolutePath().getParent();
		Path made = Files.createTempFile(directory, "meshctl", ".tmp", only("rw-------", file));
		try {
			try (FileChannel written = FileChannel.open(made, StandardOpenOption.WRITE)) {
				content.transferTo(Channels.newOutputStream(written));
				written.force(true);
			}
			Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
		}
		finally {
			Files.deleteIfExists(made);
		}
	}

	private static FileAttribute<?>[] only(String permissions, Path near) {
		boolean isPosix = near.getFileSystem().supportedFileAttributeViews().contains("posix");
		return isPosix
				? new FileAttribute<?>[] {
						PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)) }
				: new FileAttribute<?>[0];
	}

}
