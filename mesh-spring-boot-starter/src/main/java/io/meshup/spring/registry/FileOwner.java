package io.meshup.spring.registry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;

import org.jspecify.annotations.Nullable;

/**
 * Who owns a file: a token that another user may have put there is not trusted.
 */
final class FileOwner {

	private static final Path OWN_PROCESS = Path.of("/proc/self");

	private FileOwner() {
	}

	static boolean isThisUser(Path file) {
		try {
			return Files.getOwner(file).equals(thisUser());
		}
		catch (IOException | UnsupportedOperationException | SecurityException ex) {
			return false;
		}
	}

	private static @Nullable UserPrincipal thisUser() throws IOException {
		if (Files.exists(OWN_PROCESS)) {
			return Files.getOwner(OWN_PROCESS);
		}
		return OWN_PROCESS.getFileSystem()
			.getUserPrincipalLookupService()
			.lookupPrincipalByName(System.getProperty("user.name", ""));
	}

}
