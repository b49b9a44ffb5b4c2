package io.meshup.cli.command;

import java.net.URI;
import java.util.function.Function;

import io.meshup.cli.registry.CommandFailure;
import io.meshup.cli.registry.Credentials;
import io.meshup.cli.registry.ExitCode;
import io.meshup.cli.registry.LoginFile;
import io.meshup.cli.registry.RegistryClient;
import io.meshup.cli.registry.Transport;
import io.meshup.cli.terminal.Terminal;
import picocli.CommandLine.Option;

/**
 * Which registry, and as whom: options come first, then the environment, then what
 * {@code login} kept.
 */
public final class ConnectionOptions {

	private static final String USUAL = "http://localhost:8761";

	@Option(names = "--registry", paramLabel = "URL", order = 90,
			description = "Where the registry is. Else MESH_REGISTRY, that of the last login, or localhost:8761.")
	private String registry = "";

	@Option(names = "--user", paramLabel = "NAME", order = 91,
			description = "The user, with the password of MESH_PASSWORD. Else MESH_USER, or who signed in.")
	private String user = "";

	@Option(names = "--ca-file", paramLabel = "FILE", order = 92,
			description = "The authority (PEM) that signed the registry's certificate. Else MESH_CA_FILE, or those that Java trusts.")
	private String authority = "";

	/**
	 * The registry that is meant.
	 * @param terminal the environment
	 * @return its URL
	 */
	public URI address(Terminal terminal) {
		String text = this.registry;
		if (text.isEmpty()) {
			text = terminal.variable("MESH_REGISTRY");
		}
		if (text.isEmpty()) {
			text = new LoginFile(terminal.home()).current().orElse(USUAL);
		}
		try {
			URI address = URI.create(text.strip().replaceFirst("/+$", ""));
			boolean isHttp = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
			if (isHttp && address.getHost() != null && address.getUserInfo() == null) {
				return address;
			}
		}
		catch (IllegalArgumentException ex) {
			// Said below.
		}
		throw new CommandFailure(ExitCode.USAGE,
				"The registry's address must be a URL such as " + USUAL + ", without user and password.");
	}

	/**
	 * The user that is named.
	 * @param terminal the environment
	 * @return the user; empty when none is
	 */
	public String user(Terminal terminal) {
		return this.user.isEmpty() ? terminal.variable("MESH_USER") : this.user;
	}

	/**
	 * The registry with the credentials there.
	 * @param terminal the environment
	 * @return the client
	 */
	public RegistryClient client(Terminal terminal) {
		return client(terminal, (address) -> credentials(terminal, address));
	}

	/**
	 * The registry with credentials of the caller's choice.
	 * @param terminal the environment
	 * @param credentials who one is at an address
	 * @return the client
	 */
	public RegistryClient client(Terminal terminal, Function<URI, Credentials> credentials) {
		URI address = address(terminal);
		String file = this.authority.isEmpty() ? terminal.variable("MESH_CA_FILE") : this.authority;
		return new RegistryClient(address, credentials.apply(address), Transport.trusting(file));
	}

	private Credentials credentials(Terminal terminal, URI address) {
		String token = terminal.variable("MESH_TOKEN_API");
		String password = terminal.variable("MESH_PASSWORD");
		if (!token.isEmpty() && this.user.isEmpty()) {
			return new Credentials.Token(token, "the token of MESH_TOKEN_API");
		}
		if (!password.isEmpty()) {
			String name = user(terminal).isEmpty() ? "admin" : user(terminal);
			return new Credentials.Password(name, password, "user '" + name + "' with the password of MESH_PASSWORD");
		}
		if (!this.user.isEmpty()) {
			throw new CommandFailure(ExitCode.USAGE,
					"--user needs the password in MESH_PASSWORD; or run 'meshctl login --user " + this.user
							+ "' once.");
		}
		return new LoginFile(terminal.home()).credentials(address.toString());
	}

}
