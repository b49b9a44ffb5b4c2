package io.meshup.spring.registry;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

import io.meshup.spring.instance.LocalAddress;
import io.meshup.spring.setting.MeshProperties;
import io.meshup.spring.setting.MeshSettingException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The join token: the one given, else that of the token file, else the one that the
 * registry of this machine and user has left in the user's home. Files are read at each
 * use, so a token that is changed or appears later is taken up. Thread-safe.
 */
public final class JoinToken implements Supplier<String> {

	private static final Logger logger = LoggerFactory.getLogger(JoinToken.class);

	private static final int MAX_BYTES = 4096;

	private final MeshProperties.Registry settings;

	private final Path home;

	private volatile String last = "";

	JoinToken(MeshProperties.Registry settings, Path home) {
		this.settings = settings;
		this.home = home;
		if (settings.token() == null && settings.tokenFile() != null) {
			this.last = required(settings.tokenFile());
		}
	}

	/**
	 * The token of this moment.
	 * @return empty where none is known: the registry's answer is then 401
	 */
	@Override
	public String get() {
		String token = this.settings.token();
		if (token != null) {
			return token;
		}
		Path file = this.settings.tokenFile();
		String read = (file != null) ? read(file) : found();
		if (read != null) {
			this.last = read;
		}
		return this.last;
	}

	/**
	 * Where the token comes from, for the report; never the token.
	 * @return a few words
	 */
	public String source() {
		if (this.settings.token() != null) {
			return "mesh.registry.token";
		}
		if (this.settings.tokenFile() != null) {
			return this.settings.tokenFile().toString();
		}
		return get().isEmpty() ? "none found" : ownFile().toString();
	}

	private Path ownFile() {
		return this.home.resolve("join-token");
	}

	private @Nullable String found() {
		Path file = ownFile();
		return (Files.isRegularFile(file) && isLocal(this.settings.urls()) && FileOwner.isThisUser(file)) ? read(file)
				: null;
	}

	private static boolean isLocal(List<URI> urls) {
		return urls.stream().allMatch((url) -> LocalAddress.isThisMachine(url.getHost()));
	}

	private static String required(Path file) {
		String token = read(file);
		if (token == null || token.isEmpty()) {
			throw new MeshSettingException("mesh.registry.token-file", file.toString(),
					"names no readable file with a token",
					"Point it to the registry's join-token file (DATA_DIR/join-token), readable for this user, or give "
							+ "the token with mesh.registry.token.");
		}
		return token;
	}

	private static @Nullable String read(Path file) {
		try {
			if (Files.size(file) > MAX_BYTES) {
				return null;
			}
			return Files.readString(file, StandardCharsets.UTF_8).strip();
		}
		catch (IOException | SecurityException ex) {
			logger.debug("The join token's file '{}' cannot be read", file, ex);
			return null;
		}
	}

}
