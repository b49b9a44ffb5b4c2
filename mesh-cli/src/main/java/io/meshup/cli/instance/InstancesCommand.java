package io.meshup.cli.instance;

import java.util.List;
import java.util.Locale;

import io.meshup.cli.command.OutputOptions;
import io.meshup.cli.command.RegistryCommand;
import io.meshup.cli.registry.ApiPath;
import io.meshup.cli.registry.ExitCode;
import io.meshup.cli.registry.RegistryClient;
import io.meshup.cli.terminal.Table;
import io.meshup.cli.terminal.Terminal;
import io.meshup.cli.terminal.Text;
import io.meshup.model.MeshJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code meshctl instances [SERVICE]}.
 */
@Command(name = "instances", description = "Lists the instances of a service, or of all.",
		footer = { "", "Examples:", "  meshctl instances", "  meshctl instances inventory",
				"  meshctl instances inventory -o yaml    with metadata, beats and who confirmed" })
public final class InstancesCommand extends RegistryCommand {

	@Parameters(arity = "0..1", paramLabel = "SERVICE", description = "The service; all when it is left out.")
	private String service = "";

	@Mixin
	private OutputOptions output = new OutputOptions();

	/**
	 * The command.
	 * @param terminal what is around it
	 */
	public InstancesCommand(Terminal terminal) {
		super(terminal);
	}

	@Override
	protected ExitCode run(RegistryClient registry) {
		List<JsonNode> details = this.service.isEmpty() ? ServiceList.details(registry)
				: List.of(registry.get(ApiPath.of("services", this.service)));
		ObjectNode tree = MeshJson.mapper().createObjectNode();
		details.forEach((detail) -> tree.withArray("/services").add(detail));
		this.output.show(terminal(), tree, () -> table(details));
		if (this.output.isTable()) {
			details.forEach(this::sayWhatIsKept);
		}
		return ExitCode.OK;
	}

	/**
	 * A wish holds for who comes later, too; one that nobody sees would be forgotten.
	 * @param detail a service
	 */
	private void sayWhatIsKept(JsonNode detail) {
		String service = Text.of(detail, "name");
		for (JsonNode drain : detail.path("drains")) {
			boolean isVersion = Text.of(drain, "scope").equals("version");
			String name = Text.of(drain, "name");
			boolean isHere = detail.path("instances")
				.valueStream()
				.anyMatch((instance) -> Text.of(instance, isVersion ? "version" : "id").equals(name));
			if (!isHere) {
				String target = isVersion ? service + " --version " + name : service + "/" + name;
				warn("Drain kept for when it comes: " + target + " ("
						+ DrainText.wish(drain, terminal().clock().instant()) + "). Take it back with: meshctl drain "
						+ target + " --undo");
			}
		}
	}

	private Table table(List<JsonNode> details) {
		Table table = new Table("SERVICE", "INSTANCE", "VERSION", "STATUS", "ADDRESS?", "ZONE?", "LAST BEAT>?",
				"DRAIN");
		for (JsonNode detail : details) {
			for (JsonNode instance : detail.path("instances")) {
				table.row(Text.of(detail, "name"), Text.of(instance, "id"), version(instance), status(instance),
						address(instance), Text.of(instance, "zone"),
						Text.ago(Text.of(instance, "lastBeat"), terminal().clock().instant()),
						DrainText.of(instance.path("drain"), terminal().clock().instant()));
			}
		}
		return table;
	}

	private static String version(JsonNode instance) {
		String lane = Text.of(instance, "lane");
		return Text.of(instance, "version") + (lane.isEmpty() ? "" : " (lane " + lane + ")");
	}

	private static String address(JsonNode instance) {
		String scheme = Text.of(instance, "scheme").toLowerCase(Locale.ROOT);
		return (scheme.equals("https") ? "https://" : "") + Text.of(instance, "host") + ":" + Text.of(instance, "port");
	}

	private Table.Cell status(JsonNode instance) {
		String status = Text.of(instance, "status");
		return switch (status) {
			case "UP" -> new Table.Cell(status, style()::good);
			case "DOWN", "SUSPECT" -> new Table.Cell(status, style()::bad);
			default -> new Table.Cell(status, style()::warn);
		};
	}

}
