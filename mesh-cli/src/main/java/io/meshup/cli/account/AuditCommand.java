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
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/**
 * {@code meshctl audit}.
 */
@Command(name = "audit", description = "Lists who changed what, the newest first (administrators only).",
		footer = { "", "Examples:", "  meshctl audit --since 1h",
				"  meshctl audit --kind Route --name inventory -o yaml    with the content before and after",
				"  meshctl audit --export > audit.ndjson    the hash chain, to be verified" })
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
