package io.meshup.cli.registry;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import io.meshup.model.MeshJson;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What {@code login} keeps: for each registry its credentials, and which registry was
 * last. Readable by its owner only and replaced as a whole, so that a reader never sees
 * half of it.
 */
public final class LoginFile {

	private final Path directory;

	private final Path file;

	/**
	 * The file of a user.
	 * @param home the user's home directory
	 */
	public LoginFile(Path home) {
		this.directory = home.resolve(".meshup");
		this.file = this.directory.resolve("meshctl.json");
	}

	/**
	 * Where it is.
	 * @return its path
	 */
	public Path path() {
		return this.file;
	}

	/**
	 * The registry of the last login.
	 * @return its URL, if there is one
	 */
	public Optional<String> current() {
		return Optional.of(read().path("current").asString("")).filter((url) -> !url.isEmpty());
	}

	/**
	 * What is kept for a registry.
	 * @param registry its URL
	 * @return the entry: {@code user} and {@code token} or {@code cookie} and
	 * {@code csrf}
	 */
	public Optional<JsonNode> find(String registry) {
		return Optional.of(read().path("registries").path(registry)).filter(JsonNode::isObject);
	}

	/**
	 * The credentials for a registry. Those of one are never sent to another.
	 * @param registry its URL
	 * @return none where nothing is kept
	 */
	public Credentials credentials(String registry) {
		return find(registry).map((entry) -> {
			String origin = "what 'meshctl login' kept for '" + entry.path("user").asString("") + "'";
			return entry.has("token") ? new Credentials.Token(entry.path("token").asString(""), origin)
					: new Credentials.Session(entry.path("cookie").asString(""), entry.path("csrf").asString(""),
							origin);
		}).orElseGet(Credentials.None::new);
	}

	/**
	 * Keeps an entry, and the registry as the one that is meant from now on.
	 * @param registry its URL
	 * @param entry what to keep
	 */
	public void keep(String registry, JsonNode entry) {
		ObjectNode all = read();
		all.put("current", registry);
		all.withObject("/registries").set(registry, entry);
		write(all);
	}

	/**
	 * Forgets an entry.
	 * @param registry its URL
	 */
	public void forget(String registry) {
		ObjectNode all = read();
		all.withObject("/registries").remove(registry);
		if (all.path("current").asString("").equals(registry)) {
			all.remove("current");
		}
		write(all);
	}

	private ObjectNode read() {
		try {
			if (Files.exists(this.file) && MeshJson.readTree(Files.readAllBytes(this.file)) instanceof ObjectNode all) {
				return all;
			}
			return MeshJson.mapper().createObjectNode();
		}
		catch (IOException | IllegalArgumentException ex) {
			throw failure("Cannot read", ex);
		}
	}

	private void write(JsonNode all) {
		try {
			OwnFile.createDirectories(this.directory);
			OwnFile.replace(this.file, new ByteArrayInputStream(
					MeshJson.mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(all)));
		}
		catch (IOException ex) {
			throw failure("Cannot write", ex);
		}
	}

	private CommandFailure failure(String what, Exception cause) {
		return new CommandFailure(ExitCode.USAGE, what + " " + this.file + " (" + cause.getClass().getSimpleName()
				+ "). Correct or delete it and run 'meshctl login'.");
	}

}
