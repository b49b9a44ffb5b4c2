package io.meshup.cli.account;

import java.net.URI;
import java.util.Optional;

import io.meshup.cli.command.RegistryCommand;
import io.meshup.cli.registry.ApiPath;
import io.meshup.cli.registry.CommandFailure;
import io.meshup.cli.registry.ExitCode;
import io.meshup.cli.registry.LoginFile;
import io.meshup.cli.registry.RegistryClient;
import io.meshup.cli.terminal.Terminal;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

/**
 * {@code meshctl logout}.
 */
@Command(name = "logout", description = "Forgets what login kept, and revokes the token or ends the session it made.")
public final class LogoutCommand extends RegistryCommand {

	/**
	 * The command.
	 * @param terminal what is around it
	 */
	public LogoutCommand(Terminal terminal) {
		super(terminal);
	}

	@Override
	protected RegistryClient registry() {
		LoginFile file = new LoginFile(terminal().home());
		return connection().client(terminal(), (address) -> file.credentials(address.toString()));
	}

	@Override
	protected ExitCode run(RegistryClient registry) {
		URI address = registry.address();
		LoginFile file = new LoginFile(terminal().home());
		Optional<JsonNode> entry = file.find(address.toString());
		if (entry.isEmpty()) {
			say("Nothing is kept for " + address + ".");
			return ExitCode.OK;
		}
		file.forget(address.toString());
		try {
			end(registry, entry.get());
		}
		catch (CommandFailure ex) {
			warn("The registry could not be told: " + ex.message());
		}
		say("Signed out of " + address + ".");
		return ExitCode.OK;
	}

	/**
	 * A token that was brought by the user belongs to the user and stays.
	 * @param registry the registry, with the credentials that were kept
	 * @param entry what was kept
	 */
	private static void end(RegistryClient registry, JsonNode entry) {
		if (entry.has("name")) {
			registry.send("DELETE", ApiPath.of("tokens", entry.path("name").asString("")));
		}
		else if (entry.has("cookie")) {
			registry.send("DELETE", ApiPath.of("session"));
		}
	}

}
