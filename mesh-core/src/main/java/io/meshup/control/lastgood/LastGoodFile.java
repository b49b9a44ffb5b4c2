package io.meshup.control.lastgood;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

import io.meshup.model.MeshJson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of the last good state: one line with format and version, one with the SHA-256
 * of all that follows and the first line, then JSON. Written beside and moved into place,
 * so a reader sees the old or the new one, never a half.
 */
final class LastGoodFile {

	static final String FORMAT = "mesh-up last-good 1\n";

	private static final int DIGEST_CHARS = 64;

	private static final int HEAD = FORMAT.length() + DIGEST_CHARS + 1;

	private static final long MAX_SIZE = 256L * 1024 * 1024;

	private static final Logger logger = LoggerFactory.getLogger(LastGoodFile.class);

	private final Path file;

	private final CacheDirectory directory;

	LastGoodFile(Path file, CacheDirectory directory) {
		this.file = file.toAbsolutePath();
		this.directory = directory;
	}

	/**
	 * Reads the file.
	 * @return the state, or empty when there is no file or it cannot be trusted, which is
	 * logged
	 */
	Optional<LastGood> read() {
		try {
			if (!Files.exists(this.file, LinkOption.NOFOLLOW_LINKS)) {
				return Optional.empty();
			}
			this.directory.requireOurs(this.file);
			return Optional.of(decode(bytes()));
		}
		catch (NoSuchFileException ex) {
			return Optional.empty();
		}
		catch (IOException | RuntimeException ex) {
			logger.warn("The last good state in '{}' is ignored, the start goes on without it: {}", this.file,
					ex.toString());
			return Optional.empty();
		}
	}

	/**
	 * Replaces the file.
	 * @param state what to keep
	 * @throws IOException when it could not be written; the old file is still there
	 */
	void write(LastGood state) throws IOException {
		Path temporary = this.directory.temporary(this.file.getFileName() + ".");
		try {
			try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
				ByteBuffer bytes = ByteBuffer.wrap(encode(state));
				while (bytes.hasRemaining()) {
					channel.write(bytes);
				}
				channel.force(true);
			}
			Files.move(temporary, this.file, StandardCopyOption.ATOMIC_MOVE);
		}
		finally {
			Files.deleteIfExists(temporary);
		}
	}

	/**
	 * How long ago the file was written or confirmed, by the clock of its file system.
	 * @return the age, zero where it cannot be told
	 */
	Duration age() {
		try {
			return ofFile((now) -> {
				Duration age = Duration.between(Files.getLastModifiedTime(this.file).toInstant(), now.toInstant());
				return age.isNegative() ? Duration.ZERO : age;
			});
		}
		catch (IOException ex) {
			logger.debug("The age of '{}' cannot be told: {}", this.file, ex.toString());
			return Duration.ZERO;
		}
	}

	/**
	 * What stands in the file holds still.
	 * @throws IOException when that cannot be noted
	 */
	void confirm() throws IOException {
		ofFile((now) -> Files.setLastModifiedTime(this.file, now));
	}

	// A new file beside it tells what the time is there.
	private <T> T ofFile(AtTime<T> action) throws IOException {
		Path temporary = this.directory.temporary(this.file.getFileName() + ".");
		try {
			return action.at(Files.getLastModifiedTime(temporary));
		}
		finally {
			Files.deleteIfExists(temporary);
		}
	}

	static byte[] encode(LastGood state) {
		byte[] json = MeshJson.write(state);
		ByteArrayOutputStream bytes = new ByteArrayOutputStream(HEAD + json.length);
		bytes.writeBytes(FORMAT.getBytes(StandardCharsets.US_ASCII));
		bytes.writeBytes((digest(json) + "\n").getBytes(StandardCharsets.US_ASCII));
		bytes.writeBytes(json);
		return bytes.toByteArray();
	}

	static LastGood decode(byte[] bytes) {
		byte[] format = FORMAT.getBytes(StandardCharsets.US_ASCII);
		if (bytes.length < HEAD || !Arrays.equals(bytes, 0, format.length, format, 0, format.length)) {
			throw new IllegalArgumentException("it does not begin with '" + FORMAT.strip() + "'");
		}
		byte[] json = Arrays.copyOfRange(bytes, HEAD, bytes.length);
		String head = new String(bytes, format.length, DIGEST_CHARS + 1, StandardCharsets.ISO_8859_1);
		if (!head.equals(digest(json) + "\n")) {
			throw new IllegalArgumentException("its checksum is wrong, it is cut off or damaged");
		}
		return MeshJson.read(json, LastGood.class);
	}

	private byte[] bytes() throws IOException {
		try (FileChannel channel = FileChannel.open(this.file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
			if (channel.size() > MAX_SIZE) {
				throw new IOException("it has " + channel.size() + " bytes, at most " + MAX_SIZE + " are read");
			}
			ByteBuffer bytes = ByteBuffer.allocate((int) channel.size());
			while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
				continue;
			}
			return Arrays.copyOf(bytes.array(), bytes.position());
		}
	}

	private static String digest(byte[] json) {
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			digest.update(FORMAT.getBytes(StandardCharsets.US_ASCII));
			return HexFormat.of().formatHex(digest.digest(json));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every JDK has SHA-256", ex);
		}
	}

	/**
	 * Does something that needs the time.
	 *
	 * @param <T> what comes of it
	 */
	private interface AtTime<T> {

		T at(FileTime now) throws IOException;

	}

}
