package io.meshup.cli.instance;

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
import tools.jackson.databind.JsonNode;

/**
 * {@code meshctl nodes}.
 */
@Command(name = "nodes", description = "Lists the nodes of the registry, as the one that answers sees them.",
		footer = { "", "READ-ONLY is a node that does not reach Redis: it serves what it knows, and takes no rules.",
				"", "Examples:", "  meshctl nodes", "  meshctl check --nodes 3    exit code 1 when fewer are there" })
public final class NodesCommand extends RegistryCommand {

	@Mixin
	private OutputOptions output = new OutputOptions();

	/**
	 * The command.
	 * @param terminal what is around it
	 */
	public NodesCommand(Terminal terminal) {
		super(terminal);
	}

	@Override
	protected ExitCode run(RegistryClient registry) {
		JsonNode answer = registry.get(ApiPath.of("nodes"));
		this.output.show(terminal(), answer, () -> table(answer));
		return ExitCode.OK;
	}

	private Table table(JsonNode answer) {
		Table table = new Table("NODE", "STATE", "INSTANCES>", "VERSION", "STARTED", "");
		for (JsonNode node : answer.path("nodes")) {
			boolean isConnected = node.path("connected").asBoolean(true);
			table.row(Text.of(node, "id"),
					isConnected ? new Table.Cell("UP", style()::good) : new Table.Cell("READ-ONLY", style()::bad),
					node.path("instances").asInt(0), Text.of(node, "version"), Text.of(node, "startedAt"),
					node.path("self").asBoolean(false) ? "answers" : "");
		}
		return table;
	}

}
