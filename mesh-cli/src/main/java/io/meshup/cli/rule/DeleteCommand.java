package io.meshup.cli.rule;

import java.util.List;

import io.meshup.cli.command.RegistryCommand;
import io.meshup.cli.registry.CommandFailure;
import io.meshup.cli.registry.ExitCode;
import io.meshup.cli.registry.RegistryClient;
import io.meshup.cli.terminal.Terminal;
import io.meshup.cli.terminal.Text;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code meshctl delete KIND/NAME...}.
 */
@Command(name = "delete", description = "Deletes rules. Their history stays, so that rollback brings them back.",
		footer = { "", "Examples:", "  meshctl delete Route/inventory -m 'no longer split'" })
public final class DeleteCommand extends RegistryCommand {

	@Parameters(arity = "1..*", paramLabel = "KIND/NAME", description = "The rules.")
	private List<String> targets = List.of();

	@Option(names = { "-m", "--message" }, paramLabel = "TEXT", description = "Why; kept in the history.")
	private String message = "";

	@Option(names = "--if-match", paramLabel = "REVISION",
			description = "Deletes nothing if the rule was changed after this revision. For one rule.")
	private String revision = "";

	@Option(names = "--dry-run", description = "Says what would be deleted; changes nothing.")
	private boolean isTried;

	/**
	 * The command.
	 * @param terminal what is around it
	 */
	public DeleteCommand(Terminal terminal) {
		super(terminal);
	}

	@Override
	protected ExitCode run(RegistryClient registry) {
		List<RuleRef> refs = this.targets.stream().map(RuleRef::parseWhole).toList();
		if (refs.size() > 1 && !this.revision.isEmpty()) {
			throw new CommandFailure(ExitCode.USAGE,
					"--if-match compares with the revision of one rule; delete one at a time with it.");
		}
		for (RuleRef ref : refs) {
			String last = Text.of(registry.get(ref.path()).path("metadata"), "revision");
			registry.onlyAt(this.revision)
				.send("DELETE", ref.path().with("message", this.message).with("dryRun", this.isTried ? "true" : ""));
			say(this.isTried ? style().bad("- " + ref + " would be deleted") : style().bad("- " + ref + " deleted")
					+ "    back with: meshctl rollback " + ref + " --to " + last);
		}
		if (this.isTried) {
			say("Nothing was changed (dry run).");
		}
		return ExitCode.OK;
	}

}
