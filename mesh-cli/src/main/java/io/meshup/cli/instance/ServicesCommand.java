package io.meshup.cli.instance;

import java.util.stream.Collectors;

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
 * {@code meshctl services}.
 */
@Command(name = "services", description = "Lists the services, their versions and how many instances are up.",
		footer = { "", "Examples:", "  meshctl services", "  meshctl services -o json" })
public final class ServicesCommand extends RegistryCommand {

	@Mixin
	private OutputOptions output = new OutputOptions();

	/**
	 * The command.
	 * @param terminal what is around it
	 */
	public ServicesCommand(Terminal terminal) {
		super(terminal);
	}

	@Override
	protected ExitCode run(RegistryClient registry) {
		JsonNode answer = registry.get(ApiPath.of("services"));
		this.output.show(terminal(), answer, () -> table(answer));
		if (this.output.isTable() && answer.path("services").isEmpty()) {
			warn("No service has joined " + registry.address() + " yet.");
		}
		return ExitCode.OK;
	}

	private Table table(JsonNode answer) {
		Table table = new Table("SERVICE", "UP>", "INSTANCES>", "VERSIONS", "REVISION>?");
		for (JsonNode service : answer.path("services")) {
			int up = 0;
			int all = 0;
			for (JsonNode version : service.path("versions")) {
				up += version.path("up").asInt(0);
				all += version.path("instances").asInt(0);
			}
			boolean isWell = up == all;
			boolean isDown = up == 0;
			table.row(Text.of(service, "name"),
					new Table.Cell(Integer.toString(up),
							(text) -> isWell ? text : isDown ? style().bad(text) : style().warn(text)),
					all, versions(service), Text.of(service, "revision"));
		}
		return table;
	}

	private static String versions(JsonNode service) {
		return service.path("versions")
			.properties()
			.stream()
			.map((version) -> version.getKey() + " " + Text.of(version.getValue(), "up") + "/"
					+ Text.of(version.getValue(), "instances"))
			.collect(Collectors.joining(", "));
	}

}
