package io.meshup.cli.rule;

import io.meshup.cli.command.RegistryCommand;
import io.meshup.cli.registry.Answer;
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
		Answer answer = registry.read(ApiPath.of("rules"), "application/yaml");
		out().print(answer.text());
		out().flush();
		String revision = answer.header("etag").replaceAll("[^0-9]", "");
		if (!revision.isEmpty()) {
			warn("The rules as of revision " + revision + "; 'meshctl apply -f FILE --if-match " + revision
					+ "' changes nothing if somebody else has meanwhile.");
		}
		return ExitCode.OK;
	}

}
