package io.meshup.cli.rule;

import java.util.List;

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
 * {@code meshctl get [KIND[/NAME]]}.
 */
@Command(name = "get", description = "Lists rules, or shows one as YAML that applies back.",
		footer = { "", "Examples:", "  meshctl get", "  meshctl get routes", "  meshctl get Route/inventory",
				"  meshctl get Route/inventory -o json    with revision, times and author" })
public final class GetCommand extends RegistryCommand {

	@Parameters(arity = "0..1", paramLabel = "KIND[/NAME]",
			description = "Route, TrafficPolicy, ... in any case, also in the plural; all rules when it is left out.")
	private String target = "";

	@Mixin
	private OutputOptions output = new OutputOptions();

	/**
	 * The command.
	 * @param terminal what is around it
	 */
	public GetCommand(Terminal terminal) {
		super(terminal);
	}

	@Override
	protected ExitCode run(RegistryClient registry) {
		if (this.target.isEmpty()) {
			showAll(registry, "");
			return ExitCode.OK;
		}
		RuleRef ref = RuleRef.parse(this.target);
		if (ref.name().isEmpty()) {
			showAll(registry, ref.kind());
		}
		else if (this.output.isTable()) {
			out().print(registry.text(ref.path(), "application/yaml"));
		}
		else {
			this.output.showTree(terminal(), registry.get(ref.path()));
		}
		return ExitCode.OK;
	}

	private void showAll(RegistryClient registry, String kind) {
		List<JsonNode> rules = registry.get(ApiPath.of("rules"))
			.path("rules")
			.valueStream()
			.filter((rule) -> kind.isEmpty() || Text.of(rule, "kind").equals(kind))
			.toList();
		ObjectNode tree = MeshJson.mapper().createObjectNode();
		tree.putArray("rules").addAll(rules);
		this.output.show(terminal(), tree, () -> table(rules));
		if (rules.isEmpty() && this.output.isTable()) {
			warn("No rule" + (kind.isEmpty() ? "" : " of kind " + kind) + ": the defaults hold.");
		}
	}

	private Table table(List<JsonNode> rules) {
		Table table = new Table("KIND", "NAME", "SERVICE", "REVISION>", "UPDATED>?", "BY?");
		for (JsonNode rule : rules) {
			JsonNode metadata = rule.path("metadata");
			table.row(Text.of(rule, "kind"), Text.of(metadata, "name"), Text.of(rule.path("spec"), "service"),
					Text.of(metadata, "revision"),
					Text.ago(Text.of(metadata, "updatedAt"), terminal().clock().instant()),
					Text.of(metadata, "updatedBy"));
		}
		return table;
	}

}
