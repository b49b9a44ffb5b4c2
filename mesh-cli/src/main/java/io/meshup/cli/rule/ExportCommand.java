package io.meshup.cli.rule;

import io.meshup.cli.command.RegistryCommand;
import io.meshup.cli.registry.ApiPath;
import io.meshup.cli.registry.ExitCode;
import io.meshup.cli.registry.RegistryClient;
import io.meshup.cli.terminal.Terminal;
import picocli.CommandLine.Command;

/**
 * {@code meshctl export}.
 */
@Command(name = "export",
		description = "Writes all rules as YAML. The same text as long as the rules are the same: fit for git.",
		footer = { "", "Example:", "  meshctl export > rules.yaml && meshctl diff -f rules.yaml" })
public final class ExportCommand extends RegistryCommand {

	/**
	 * The command.
	 * @param terminal what is around it
	 */
	public ExportCommand(Terminal terminal) {
		super(terminal);
	}

	@Override
	protected ExitCode run(RegistryClient registry) {
		out().print(registry.text(ApiPath.of("rules"), "application/yaml"));
		return ExitCode.OK;
	}

}
