package io.meshup.cli.rule;

import io.meshup.cli.command.OutputOptions;
import io.meshup.cli.command.RegistryCommand;
import io.meshup.cli.registry.ExitCode;
import io.meshup.cli.registry.RegistryClient;
import io.meshup.cli.terminal.Terminal;
import io.meshup.cli.terminal.Text;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/**
 * {@code meshctl diff -f FILE}.
 */
@Command(name = "diff", description = "Compares the rules of a file with those in force. Exit code 1 when they differ.",
		footer = { "", "Examples:", "  meshctl diff -f rules.yaml || meshctl apply -f rules.yaml" })
public final class DiffCommand extends RegistryCommand {

	@Option(names = { "-f", "--file" }, required = true, paramLabel = "FILE",
			description = "Rules in YAML or JSON; - is what is piped in.")
	private String file = "";

	@Mixin
	private OutputOptions output = new OutputOptions();

	/**
	 * The command.
	 * @param terminal what is around it
	 */
	public DiffCommand(Terminal terminal) {
		super(terminal);
	}

	@Override
	protected ExitCode run(RegistryClient registry) {
		JsonNode answer = RuleFile.read(this.file, terminal()).apply(registry, "", true).tree();
		boolean isSame = answer.path("documents")
			.valueStream()
			.allMatch((document) -> Text.of(document, "result").equals("unchanged"));
		if (this.output.isTable()) {
			Changes.tried(style()).ofApplied(answer.path("documents")).forEach(this::say);
		}
		else {
			this.output.showTree(terminal(), answer);
		}
		return isSame ? ExitCode.OK : ExitCode.FOUND;
	}

}
