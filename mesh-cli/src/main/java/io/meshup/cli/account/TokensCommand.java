package io.meshup.cli.account;

import io.meshup.cli.command.OutputOptions;
import io.meshup.cli.command.RegistryCommand;
import io.meshup.cli.registry.ApiPath;
import io.meshup.cli.registry.ExitCode;
import io.meshup.cli.registry.RegistryClient;
import io.meshup.cli.terminal.Table;
import io.meshup.cli.terminal.Terminal;
import io.meshup.cli.terminal.Text;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/**
 * {@code meshctl tokens list}.
 */
@Command(name = "list", description = "Lists the API tokens; their secrets are known to nobody.")
public final class TokensCommand extends RegistryCommand {

	@Mixin
	private OutputOptions output = new OutputOptions();

	/**
	 * The command.
	 * @param terminal what is around it
	 */
	public TokensCommand(Terminal terminal) {
		super(terminal);
	}

	@Override
	protected ExitCode run(RegistryClient registry) {
		JsonNode answer = registry.get(ApiPath.of("tokens"));
		this.output.show(terminal(), answer, () -> table(answer));
		return ExitCode.OK;
	}

	private Table table(JsonNode answer) {
		Table table = new Table("NAME", "ROLE", "MADE BY", "AGE>", "EXPIRES");
		for (JsonNode token : answer.path("tokens")) {
			String expiry = Text.of(token, "expiresAt");
			table.row(Text.of(token, "name"), Text.of(token, "role"), Text.of(token, "createdBy"),
					Text.ago(Text.of(token, "createdAt"), terminal().clock().instant()),
					expiry.isEmpty() ? "never" : expiry);
		}
		return table;
	}

}
