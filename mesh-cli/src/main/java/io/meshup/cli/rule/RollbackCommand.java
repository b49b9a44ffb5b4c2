package io.meshup.cli.rule;

import io.meshup.cli.command.RegistryCommand;
import io.meshup.cli.registry.Answer;
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
 * {@code meshctl rollback KIND/NAME --to REVISION}.
 */
@Command(name = "rollback",
		description = "Puts an earlier version of a rule in force, as a new revision; a deleted rule comes back, too.",
		footer = { "", "Examples:", "  meshctl history Route/inventory              lists the revisions",
				"  meshctl rollback Route/inventory --to 42 --dry-run",
				"  meshctl rollback Route/inventory --to 42 -m 'too many errors'" })
public final class RollbackCommand extends RegistryCommand {

	@Parameters(paramLabel = "KIND/NAME", description = "The rule.")
	private String target = "";

	@Option(names = "--to", required = true, paramLabel = "REVISION", description = "The revision to put back.")
	private long revision;

	@Option(names = { "-m", "--message" }, paramLabel = "TEXT", description = "Why; kept in the history.")
	private String message = "";

	@Option(names = "--if-match", paramLabel = "REVISION",
			description = "Changes nothing if the rule was changed after this revision.")
	private String revisionNow = "";

	@Option(names = "--dry-run", description = "Shows the differences; changes nothing.")
	private boolean isTried;

	/**
	 * The command.
	 * @param terminal what is around it
	 */
	public RollbackCommand(Terminal terminal) {
		super(terminal);
	}

	@Override
	protected ExitCode run(RegistryClient registry) {
		RuleRef ref = RuleRef.parseWhole(this.target);
		ApiPath path = ref.path("rollback").with("to", this.revision).with("message", this.message);
		RegistryClient unchanged = registry.onlyAt(this.revisionNow);
		JsonNode tried = unchanged.send("POST", path.with("dryRun", "true")).tree();
		Changes.tried(style()).of(tried.path("changes")).forEach(this::say);
		Changes.tried(style()).warnings(tried).forEach(this::say);
		if (this.isTried) {
			say("Nothing was changed (dry run).");
			return ExitCode.OK;
		}
		Answer answer = unchanged.send("POST", path);
		say(ref + " is as at revision " + this.revision + " again; in force from revision "
				+ Text.of(answer.tree().path("metadata"), "revision") + ".");
		return ExitCode.OK;
	}

}
