package io.meshup.registry.security.credential;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds credentials: given, in a given file, or in the data directory, where they are
 * made at the first start.
 */
public final class CredentialFiles {

	private static final Logger logger = LoggerFactory.getLogger(CredentialFiles.class);

	private static final int MIN_LENGTH = 8;

	private static final int RANDOM_BYTES = 24;

	private final Path directory;

	public CredentialFiles(Path directory) {
		this.directory = directory;
	}

	/**
	 * Finds one credential.
	 * @param name its name, {@code admin-password} or {@code join-token}
	 * @param given the value from the settings, if any
	 * @param givenFile the file from the settings, if any
	 * @return the credential
	 * @throws CredentialException when it is too weak or cannot be read
	 */
	public Secret find(String name, @Nullable String given, @Nullable Path givenFile) {
		if (given != null && !given.isBlank()) {
			return checked(name, given, "mesh.registry.security." + name);
		}
		Path own = this.directory.resolve(name);
		if (givenFile == null && Files.notExists(own)) {
			make(own);
			logger.info("The registry's {} was made: {}", name, own);
		}
		else {
			logger.info("The registry's {} is read from: {}", name, (givenFile != null) ? givenFile : own);
		}
		Path file = (givenFile != null) ? givenFile : own;
		warnWhenOthersCanRead(file);
		return checked(name, read(name, file), "the file '" + file + "'");
	}

	private static Secret checked(String name, String value, String place) {
		if (value.length() < MIN_LENGTH) {
			throw new CredentialException(
					"The " + name + " in " + place + " is too weak: it has " + value.length() + " characters, at least "
							+ MIN_LENGTH + " were expected.",
					"Give a longer one, or none: then the registry makes a random one in its data directory.");
		}
		return new Secret(value);
	}

	private static String read(String name, Path file) {
		try {
			return Files.readString(file).strip();
		}
		catch (IOException ex) {
			throw new CredentialException("The " + name + " cannot be read from the file '" + file + "': " + ex + ".",
					"Make the file readable for the registry's user, or remove the setting mesh.registry.security."
							+ name + "-file.");
		}
	}

	// Written beside and moved into place, so that a crash leaves no half file.
	private static void make(Path file) {
		byte[] random = new byte[RANDOM_BYTES];
		new SecureRandom().nextBytes(random);
		String text = Base64.getUrlEncoder().withoutPadding().encodeToString(random) + "\n";
		try {
			Path beside = file.resolveSibling(file.getFileName() + ".new");
			Files.deleteIfExists(beside);
			Files.write(Files.createFile(beside, ownerOnly(beside)), text.getBytes(StandardCharsets.US_ASCII));
			Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The file '" + file + "' cannot be written", ex);
		}
	}

	private static FileAttribute<?>[] ownerOnly(Path near) {
		if (!near.getFileSystem().supportedFileAttributeViews().contains("posix")) {
			return new FileAttribute<?>[0];
		}
		return new FileAttribute<?>[] {
				PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")) };
	}

	private static void warnWhenOthersCanRead(Path file) {
		try {
			Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
			if (permissions.contains(PosixFilePermission.OTHERS_READ)) {
				logger.warn("Every user of this machine can read the file '{}'. Run: chmod 600 '{}'", file, file);
			}
		}
		catch (IOException | UnsupportedOperationException ex) {
			logger.debug("The permissions of '{}' are not known", file, ex);
		}
	}

}
