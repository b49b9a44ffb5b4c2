package io.meshup.cli.account;

import io.meshup.cli.command.OutputOptions;
import io.meshup.cli.command.RegistryCommand;
import io.meshup.cli.command.TextFile;
import io.meshup.cli.registry.ApiPath;
import io.meshup.cli.registry.ExitCode;
import io.meshup.cli.registry.RegistryClient;
import io.meshup.cli.terminal.Table;
import io.meshup.cli.terminal.Terminal;
import io.meshup.cli.terminal.Text;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/**
 * {@code meshctl audit}.
 */
@Command(name = "audit", description = "Lists who changed what, the newest first (administrators only).",
		footer = { "", "Examples:", "  meshctl audit --since 1h",
				"  meshctl audit --kind Route --name inventory -o yaml    with the content before and after",
				"  meshctl audit --export > audit.ndjson    the hash chain",
				"  meshctl audit --verify                   recomputes every hash of the registry's log",
				"  meshctl audit --verify -f audit.ndjson   the same for an export; asks no registry" })
public final class AuditCommand extends RegistryCommand {

	@Option(names = "--since", paramLabel = "WHEN", description = "15m, 12h, 7d ago, or a time.")
	private String since = "";

	@Option(names = "--by", paramLabel = "NAME", description = "Who did it: a user, token/NAME or anonymous.")
	private String author = "";

	@Option(names = "--kind", paramLabel = "KIND", description = "A rule's kind, or token, drain, signed-in, ...")
	private String kind = "";

	@Option(names = "--name", paramLabel = "NAME", description = "What it is about.")
	private String name = "";

	@Option(names = { "-n", "--limit" }, paramLabel = "COUNT", defaultValue = "50",
			description = "At most so many, up to 1000 (default ${DEFAULT-VALUE}).")
	private int limit;

	@Option(names = "--export", description = "Writes the whole chain, a JSON object a line, the oldest first.")
	private boolean isExport;

	@Option(names = "--verify",
			description = "Recomputes every hash; exit code 1 when a row was changed or is missing.")
	private boolean isVerified;

	@Option(names = { "-f", "--file" }, paramLabel = "FILE",
			description = "With --verify: an export instead of the registry's log; - is what is piped in.")
	private String file = "";

	@Option(names = "--known", paramLabel = "HASH",
			description = "With --verify: the last hash of an earlier look, which must still be in the log.")
	private String known = "";

	@Mixin
	private OutputOptions output = new OutputOptions();

	/**
	 * The command.
	 * @param terminal what is around it
	 */
	public AuditCommand(Terminal terminal) {
		super(terminal);
	}

	@Override
	protected ExitCode run(RegistryClient registry) {
		if (this.isVerified) {
			return verify(registry);
		}
		if (this.isExport) {
			out().print(registry.text(ApiPath.of("audit"), "application/x-ndjson"));
			return ExitCode.OK;
		}
		String from = this.since.isEmpty() ? "" : Times.read(this.since, terminal().clock().instant(), -1);
		JsonNode answer = registry.get(ApiPath.of("audit")
			.with("since", from)
			.with("user", this.author)
			.with("kind", this.kind)
			.with("name", this.name)
			.with("limit", this.limit));
		this.output.show(terminal(), answer, () -> table(answer));
		return ExitCode.OK;
	}

	private ExitCode verify(RegistryClient registry) {
		String text = this.file.isEmpty() ? registry.text(ApiPath.of("audit"), "application/x-ndjson")
				: TextFile.read(this.file, terminal());
		HashChain chain = HashChain.of(text);
		if (!chain.isWhole()) {
			say(style().bad("Not whole. ") + chain.flaw());
			say("        -> what comes before it is as it was written; compare with an earlier export");
			return ExitCode.FOUND;
		}
		if (!this.known.isEmpty() && !text.contains("\"" + this.known + "\"")) {
			say(style().bad("Not the same log. ") + "The chain is whole, but has no row with the hash " + this.known
					+ ": it was written anew since, or that row is older than the log is kept.");
			return ExitCode.FOUND;
		}
		say(style().good("Whole: ") + Text.count(chain.rows(), "row") + " up to number " + chain.last() + ".");
		say("Keep this elsewhere, and give it to --known the next time: " + chain.hash());
		return ExitCode.OK;
	}

	private static Table table(JsonNode answer) {
		Table table = new Table("NUMBER>", "AT", "BY", "ACTION", "WHAT", "REVISION>?", "MESSAGE");
		for (JsonNode entry : answer.path("entries")) {
			table.row(Text.of(entry, "sequence"), Text.of(entry, "at"), Text.of(entry, "user"),
					Text.of(entry, "action"), Text.of(entry, "kind") + "/" + Text.of(entry, "name"),
					Text.of(entry, "revision"), Text.of(entry, "message"));
		}
		return table;
	}

}
