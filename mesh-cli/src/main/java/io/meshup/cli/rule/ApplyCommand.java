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
 * {@code meshctl apply -f FILE}.
 */
@Command(name = "apply",
		description = "Creates and changes the rules of a file, all or none of them, and shows the differences.",
		footer = { "", "Examples:", "  meshctl apply -f rules.yaml --dry-run",
				"  meshctl apply -f rules.yaml -m 'half of it to v2'",
				"  meshctl get Route/inventory | sed 's/weight: 80/weight: 50/' | meshctl apply -f -" })
public final class ApplyCommand extends RegistryCommand {

	@Option(names = { "-f", "--file" }, required = true, paramLabel = "FILE",
			description = "Rules in YAML or JSON; - is what is piped in.")
	private String file = "";

	@Option(names = { "-m", "--message" }, paramLabel = "TEXT", description = "Why; kept in the history.")
	private String message = "";

	@Option(names = "--if-match", paramLabel = "REVISION",
			description = "Changes nothing if any rule was changed after this revision (which 'meshctl export' names).")
	private String revision = "";

	@Option(names = "--dry-run", description = "Checks and shows the differences; changes nothing.")
	private boolean isTried;

	@Mixin
	private OutputOptions output = new OutputOptions();

	/**
	 * The command.
	 * @param terminal what is around it
	 */
	public ApplyCommand(Terminal terminal) {
		super(terminal);
	}

	@Override
	protected ExitCode run(RegistryClient registry) {
		JsonNode answer = RuleFile.read(this.file, terminal())
			.apply(registry.onlyAt(this.revision), this.message, this.isTried)
			.tree();
		if (!this.output.isTable()) {
			this.output.showTree(terminal(), answer);
			return ExitCode.OK;
		}
		Changes changes = this.isTried ? Changes.tried(style()) : Changes.made(style());
		changes.ofApplied(answer.path("documents")).forEach(this::say);
		boolean isSame = answer.path("documents")
			.valueStream()
			.allMatch((document) -> Text.of(document, "result").equals("unchanged"));
		say(this.isTried ? "Nothing was changed (dry run)."
				: isSame ? "Nothing to change." : "In force from revision " + Text.of(answer, "revision") + ".");
		return ExitCode.OK;
	}

}
