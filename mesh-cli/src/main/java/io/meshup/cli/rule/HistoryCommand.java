package io.meshup.cli.rule;

import io.meshup.cli.command.OutputOptions;
import io.meshup.cli.command.RegistryCommand;
import io.meshup.cli.registry.ExitCode;
import io.meshup.cli.registry.RegistryClient;
import io.meshup.cli.terminal.Table;
import io.meshup.cli.terminal.Terminal;
import io.meshup.cli.terminal.Text;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/**
 * {@code meshctl history KIND/NAME}.
 */
@Command(name = "history", description = "Lists every version of a rule: when, who, why, and what changed.",
		footer = { "", "Examples:", "  meshctl history Route/inventory", "  meshctl history Route/inventory --diff" })
public final class HistoryCommand extends RegistryCommand {

	@Parameters(paramLabel = "KIND/NAME", description = "The rule; a deleted one, too.")
	private String target = "";

	@Option(names = "--diff", description = "Shows the differences of each version.")
	private boolean isDetailed;

	@Mixin
	private OutputOptions output = new OutputOptions();

	/**
	 * The command.
	 * @param terminal what is around it
	 */
	public HistoryCommand(Terminal terminal) {
		super(terminal);
	}

	@Override
	protected ExitCode run(RegistryClient registry) {
		JsonNode answer = registry.get(RuleRef.parseWhole(this.target).path("history"));
		if (this.isDetailed && this.output.isTable()) {
			answer.path("versions").forEach(this::showVersion);
		}
		else {
			this.output.show(terminal(), answer, () -> table(answer));
		}
		return ExitCode.OK;
	}

	private void showVersion(JsonNode version) {
		String message = Text.of(version, "message");
		say(style().strong("revision " + Text.of(version, "revision")) + "  " + change(version) + " by "
				+ Text.of(version, "author") + " " + Text.of(version, "at")
				+ (message.isEmpty() ? "" : "  \"" + message + "\""));
		Changes.made(style()).of(version.path("changes")).forEach(this::say);
	}

	private Table table(JsonNode answer) {
		Table table = new Table("REVISION>", "WHEN>", "BY", "CHANGE", "MESSAGE", "DIFFERENCES?");
		for (JsonNode version : answer.path("versions")) {
			boolean isInForce = Text.of(version, "revision").equals(Text.of(answer, "revision"));
			table.row(Text.of(version, "revision"), Text.ago(Text.of(version, "at"), terminal().clock().instant()),
					Text.of(version, "author"), change(version) + (isInForce ? " (in force)" : ""),
					Text.of(version, "message"), differences(version.path("changes")));
		}
		return table;
	}

	private static String change(JsonNode version) {
		String to = Text.of(version, "rolledBackTo");
		return Text.of(version, "change") + (to.isEmpty() ? "" : " to " + to);
	}

	private static String differences(JsonNode changes) {
		if (changes.isEmpty() || Text.of(changes.get(0), "path").equals("/spec")) {
			return "";
		}
		JsonNode first = changes.get(0);
		String more = (changes.size() > 1) ? " and " + (changes.size() - 1) + " more" : "";
		return switch (Text.of(first, "op")) {
			case "add" -> Text.of(first, "path") + " added" + more;
			case "remove" -> Text.of(first, "path") + " removed" + more;
			default -> Text.of(first, "path") + ": " + Text.of(first, "from") + " -> " + Text.of(first, "to") + more;
		};
	}

}
