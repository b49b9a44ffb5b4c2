package io.meshup.cli.account;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

import io.meshup.cli.command.RegistryCommand;
import io.meshup.cli.registry.Answer;
import io.meshup.cli.registry.ApiPath;
import io.meshup.cli.registry.CommandFailure;
import io.meshup.cli.registry.Credentials;
import io.meshup.cli.registry.ExitCode;
import io.meshup.cli.registry.LoginFile;
import io.meshup.cli.registry.RegistryClient;
import io.meshup.cli.terminal.Terminal;
import io.meshup.cli.terminal.Text;
import io.meshup.model.MeshJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code meshctl login}. An administrator gets a token of one's own, which can be revoked
 * and outlives the registry's restarts; anybody else a session.
 */
@Command(name = "login",
		description = "Signs in and keeps a token (or a session) in ~/.meshup/meshctl.json, readable by you only.",
		footer = { "", "Asks for the password, unless MESH_PASSWORD has it or --password-stdin is given.",
				"An administrator gets an API token of one's own, which 'meshctl logout' revokes;",
				"others get a session, which ends by itself.", "", "Examples:",
				"  meshctl login --registry https://mesh.example:8761",
				"  meshctl login --user alice --password-stdin < secret", "  meshctl login --token" })
public final class LoginCommand extends RegistryCommand {

	private static final int EXPIRY_DAYS = 30;

	private static final String ASK = "?";

	@Option(names = "--token", paramLabel = "TOKEN", arity = "0..1", fallbackValue = ASK,
			description = "Keeps this API token instead. Without a value it is asked for, so that no one sees it.")
	private String token = "";

	@Option(names = "--password-stdin", description = "Reads the password from what is piped in.")
	private boolean isPiped;

	/**
	 * The command.
	 * @param terminal what is around it
	 */
	public LoginCommand(Terminal terminal) {
		super(terminal);
	}

	@Override
	protected RegistryClient registry() {
		return connection().client(terminal(), (address) -> new Credentials.None());
	}

	@Override
	protected ExitCode run(RegistryClient registry) {
		URI address = registry.address();
		boolean isLocal = address.getHost().matches("localhost|127\\..*|\\[::1]");
		if ("http".equals(address.getScheme()) && !isLocal) {
			warn("Warning: " + address + " is not encrypted; what you send can be read on the way.");
		}
		ObjectNode entry = this.token.isEmpty() ? byPassword(registry) : byToken(registry);
		LoginFile file = new LoginFile(terminal().home());
		file.keep(address.toString(), entry);
		say("Signed in to " + address + " as " + Text.of(entry, "user") + " (" + Text.of(entry, "role") + "); "
				+ (entry.has("token") ? "a token" : "a session") + " is kept in " + file.path() + ".");
		if (!terminal().variable("MESH_PASSWORD").isEmpty() || !terminal().variable("MESH_TOKEN_API").isEmpty()) {
			warn("Note: MESH_PASSWORD or MESH_TOKEN_API is set and goes before what was kept.");
		}
		return ExitCode.OK;
	}

	private ObjectNode byToken(RegistryClient registry) {
		String secret = this.token.equals(ASK) ? terminal().prompt().secret("API token: ") : this.token;
		JsonNode who = who(registry, new Credentials.Token(secret, "this token"));
		return entry(who).put("token", secret);
	}

	private ObjectNode byPassword(RegistryClient registry) {
		String named = connection().user(terminal());
		String user = named.isEmpty() ? "admin" : named;
		String password = password("Password of '" + user + "' at " + registry.address() + ": ");
		Credentials.Password credentials = new Credentials.Password(user, password,
				"user '" + user + "' with this password");
		JsonNode who = who(registry, credentials);
		return Text.of(who, "role").equals("admin") ? withToken(registry, credentials, entry(who))
				: withSession(registry, credentials, entry(who));
	}

	private String password(String question) {
		String password = this.isPiped ? piped() : terminal().variable("MESH_PASSWORD");
		if (password.isEmpty()) {
			password = terminal().prompt().secret(question);
		}
		if (password.isEmpty()) {
			throw new CommandFailure(ExitCode.USAGE,
					"A password is needed: type it, pipe it in with --password-stdin, or set MESH_PASSWORD.");
		}
		return password;
	}

	private String piped() {
		try {
			return new String(terminal().in().readAllBytes(), StandardCharsets.UTF_8).strip();
		}
		catch (IOException ex) {
			throw new CommandFailure(ExitCode.USAGE, "The password could not be read from what is piped in.");
		}
	}

	private ObjectNode withToken(RegistryClient registry, Credentials credentials, ObjectNode entry) {
		String suffix = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
		Map<String, String> wanted = Map.of("name", name(Text.of(entry, "user")) + suffix, "role", "admin", "expiresAt",
				Times.read(EXPIRY_DAYS + "d", terminal().clock().instant(), 1));
		JsonNode made = registry.as(credentials).post(ApiPath.of("tokens"), wanted).tree();
		return entry.put("name", Text.of(made, "name")).put("token", made.path("token").asString(""));
	}

	// The audit log then tells whose it is.
	private static String name(String user) {
		String label = user.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
		return "meshctl-" + label.substring(0, Math.min(40, label.length())) + "-";
	}

	private ObjectNode withSession(RegistryClient registry, Credentials.Password credentials, ObjectNode entry) {
		Answer answer = registry.post(ApiPath.of("session"),
				Map.of("user", credentials.user(), "password", credentials.password()));
		return entry.put("cookie", answer.header("set-cookie").split(";", 2)[0])
			.put("csrf", answer.tree().path("csrf").asString(""));
	}

	private static JsonNode who(RegistryClient registry, Credentials credentials) {
		return registry.as(credentials).get(ApiPath.of("session"));
	}

	private static ObjectNode entry(JsonNode who) {
		return MeshJson.mapper().createObjectNode().put("user", Text.of(who, "user")).put("role", Text.of(who, "role"));
	}

}
