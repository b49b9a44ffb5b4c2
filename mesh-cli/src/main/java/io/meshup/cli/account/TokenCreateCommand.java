package io.meshup.cli.account;

import java.util.LinkedHashMap;
import java.util.Map;

import io.meshup.cli.command.RegistryCommand;
import io.meshup.cli.registry.ApiPath;
import io.meshup.cli.registry.ExitCode;
import io.meshup.cli.registry.RegistryClient;
import io.meshup.cli.terminal.Terminal;
import io.meshup.cli.terminal.Text;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/**
 * {@code meshctl tokens create NAME}.
 */
@Command(name = "create", description = "Makes an API token and prints it, this once, alone on standard output.",
		footer = { "", "Example:", "  meshctl tokens create ci --role operator --expires 90d > token" })
public final class TokenCreateCommand extends RegistryCommand {

	@Parameters(paramLabel = "NAME", description = "A DNS label; in the audit log its bearer is token/NAME.")
	private String name = "";

	@Option(names = "--role", paramLabel = "ROLE", defaultValue = "viewer",
			description = "viewer, operator or admin (default ${DEFAULT-VALUE}).")
	private String role = "";

	@Option(names = "--expires", paramLabel = "WHEN",
			description = "90d, 12h, 30m, or a time such as 2030-01-31T00:00:00Z; never when it is left out.")
	private String expiry = "";

	/**
	 * The command.
	 * @param terminal what is around it
	 */
	public TokenCreateCommand(Terminal terminal) {
		super(terminal);
	}

	@Override
	protected ExitCode run(RegistryClient registry) {
		Map<String, String> wanted = new LinkedHashMap<>(Map.of("name", this.name, "role", this.role));
		if (!this.expiry.isEmpty()) {
			wanted.put("expiresAt", Times.read(this.expiry, terminal().clock().instant(), 1));
		}
		JsonNode made = registry.post(ApiPath.of("tokens"), wanted).tree();
		warn("Token '" + Text.of(made, "name") + "' (" + Text.of(made, "role")
				+ ") was made. It is shown this once: keep it in a safe place.");
		say(Text.of(made, "token"));
		return ExitCode.OK;
	}

}
