package io.meshup.cli.traffic;

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
 * {@code meshctl topology}.
 */
@Command(name = "topology", description = "Shows which versions run, and who calls whom how well.",
		footer = { "", "Examples:", "  meshctl topology", "  meshctl topology --window 5m -o json" })
public final class TopologyCommand extends RegistryCommand {

	@Option(names = "--window", paramLabel = "DURATION", defaultValue = "60s",
			description = "Over which time, 10s to 5m (default ${DEFAULT-VALUE}).")
	private String window = "";

	@Mixin
	private OutputOptions output = new OutputOptions();

	/**
	 * The command.
	 * @param terminal what is around it
	 */
	public TopologyCommand(Terminal terminal) {
		super(terminal);
	}

	@Override
	protected ExitCode run(RegistryClient registry) {
		JsonNode answer = registry.get(ApiPath.of("topology").with("window", this.window));
		if (!this.output.isTable()) {
			this.output.showTree(terminal(), answer);
			return ExitCode.OK;
		}
		nodes(answer).lines(terminal()).forEach(this::say);
		say("");
		Table edges = new EdgeTable(style()).of(answer);
		if (edges.isEmpty()) {
			say("No calls in the last " + this.window + ".");
		}
		else {
			edges.lines(terminal()).forEach(this::say);
		}
		return ExitCode.OK;
	}

	private static Table nodes(JsonNode answer) {
		Table table = new Table("SERVICE", "VERSION", "UP>", "INSTANCES>");
		for (JsonNode node : answer.path("nodes")) {
			table.row(Text.of(node, "service"), Text.of(node, "version"), Text.of(node, "up"),
					Text.of(node, "instances"));
		}
		return table;
	}

}
