package io.meshup.cli.account;

import io.meshup.cli.command.RegistryCommand;
import io.meshup.cli.registry.ApiPath;
import io.meshup.cli.registry.ExitCode;
import io.meshup.cli.registry.RegistryClient;
import io.meshup.cli.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * {@code meshctl tokens revoke NAME}.
 */
@Command(name = "revoke", description = "Ends an API token; it is refused from the next call on.",
		footer = { "", "Examples:", "  meshctl tokens revoke ci" })
public final class TokenRevokeCommand extends RegistryCommand {

	@Parameters(paramLabel = "NAME", description = "The token's name.")
	private String name = "";

	/**
	 * The command.
	 * @param terminal what is around it
	 */
	public TokenRevokeCommand(Terminal terminal) {
		super(terminal);
	}

	@Override
	protected ExitCode run(RegistryClient registry) {
		registry.send("DELETE", ApiPath.of("tokens", this.name));
		say("Token '" + this.name + "' is revoked.");
		return ExitCode.OK;
	}

}
