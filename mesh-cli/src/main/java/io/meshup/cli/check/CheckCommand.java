package io.meshup.cli.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.meshup.cli.command.OutputOptions;
import io.meshup.cli.command.RegistryCommand;
import io.meshup.cli.instance.ServiceList;
import io.meshup.cli.registry.ApiPath;
import io.meshup.cli.registry.ExitCode;
import io.meshup.cli.registry.RegistryClient;
import io.meshup.cli.terminal.Terminal;
import io.meshup.cli.terminal.Text;
import io.meshup.model.MeshJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/**
 * {@code meshctl check}.
 */
@Command(name = "check",
		description = "Looks at everything and says what is not well and what to do. Exit code 1 when there is a problem.",
		footer = { "", "A registry that cannot be reached is exit code 3, missing rights are 4.", "", "Examples:",
				"  meshctl check", "  meshctl check --nodes 3 --strict -o json" })
public final class CheckCommand extends RegistryCommand {

	@Option(names = "--max-errors", paramLabel = "PERCENT", defaultValue = "10",
			description = "The share of failed calls on an edge that is a problem (default ${DEFAULT-VALUE}).")
	private double mostErrors;

	@Option(names = "--window", paramLabel = "DURATION", defaultValue = "60s",
			description = "Over which time calls are looked at, 10s to 5m (default ${DEFAULT-VALUE}).")
	private String window = "";

	@Option(names = "--patience", paramLabel = "MILLIS", defaultValue = "2500",
			description = "How long callers may take to confirm a change (default ${DEFAULT-VALUE}).")
	private long patience;

	@Option(names = "--nodes", paramLabel = "COUNT", defaultValue = "0",
			description = "How many registry nodes there should be; fewer are a problem.")
	private int nodes;

	@Option(names = "--strict", description = "Notes, such as draining instances, count as problems.")
	private boolean isStrict;

	@Mixin
	private OutputOptions output = new OutputOptions();

	/**
	 * The command.
	 * @param terminal what is around it
	 */
	public CheckCommand(Terminal terminal) {
		super(terminal);
	}

	@Override
	protected ExitCode run(RegistryClient registry) {
		List<Finding> findings = findings(registry);
		boolean isWell = findings.stream().noneMatch(this::isBad);
		if (this.output.isTable()) {
			findings.forEach(this::show);
			say(isWell ? style().good("All is well.")
					: style().bad(Text.count(findings.stream().filter(this::isBad).count(), "problem") + "."));
		}
		else {
			this.output.showTree(terminal(),
					MeshJson.mapper().valueToTree(Map.of("well", isWell, "findings", findings)));
		}
		return isWell ? ExitCode.OK : ExitCode.FOUND;
	}

	private boolean isBad(Finding finding) {
		return finding.level() == Finding.Level.PROBLEM || this.isStrict && finding.level() == Finding.Level.NOTE;
	}

	private List<Finding> findings(RegistryClient registry) {
		JsonNode who = registry.get(ApiPath.of("session"));
		List<Finding> findings = new ArrayList<>();
		findings.add(Finding.ok("registry",
				registry.address() + " answers; you are " + Text.of(who, "user") + " (" + Text.of(who, "role") + ")"));
		findings.addAll(new NodeChecks(this.nodes).of(registry));
		List<JsonNode> details = ServiceList.details(registry);
		List<Finding> instances = new ArrayList<>();
		details.forEach((detail) -> instances.addAll(InstanceChecks.of(detail)));
		long count = details.stream().mapToLong((detail) -> detail.path("instances").size()).sum();
		add(findings, instances, "instances",
				Text.count(count, "instance") + " of " + Text.count(details.size(), "service") + " up");
		RevisionChecks revisions = new RevisionChecks((service) -> registry.get(ApiPath.of("services", service)),
				this.patience);
		add(findings, revisions.of(details), "revisions", "every caller has confirmed the last changes");
		JsonNode rules = registry.get(ApiPath.of("rules")).path("rules");
		add(findings, unknown(rules, details), "rules", rules.isEmpty() ? "no rule, the defaults hold"
				: Text.count(rules.size(), "rule") + ", each for a service that runs, none rejected");
		JsonNode topology = registry.get(ApiPath.of("topology").with("window", this.window));
		add(findings, new TrafficChecks(this.mostErrors).of(topology), "traffic",
				Text.count(topology.path("edges").size(), "edge") + " without open breakers, ejections or more than "
						+ Text.number(this.mostErrors) + " % errors in " + this.window);
		return findings;
	}

	private static void add(List<Finding> all, List<Finding> some, String subject, String otherwise) {
		all.addAll(some.isEmpty() ? List.of(Finding.ok(subject, otherwise)) : some);
	}

	private static List<Finding> unknown(JsonNode rules, List<JsonNode> details) {
		Set<String> running = details.stream().map((detail) -> Text.of(detail, "name")).collect(Collectors.toSet());
		return rules.valueStream()
			.filter((rule) -> rule.path("spec").has("service"))
			.filter((rule) -> !running.contains(Text.of(rule.path("spec"), "service")))
			.map((rule) -> Finding.note(Text.of(rule, "kind") + "/" + Text.of(rule.path("metadata"), "name"),
					"names the service '" + Text.of(rule.path("spec"), "service") + "', which does not run",
					"start it, or delete the rule"))
			.toList();
	}

	private void show(Finding finding) {
		String word = String.format(Locale.ROOT, "%-8s", finding.level().name().toLowerCase(Locale.ROOT));
		String shown = switch (finding.level()) {
			case OK -> style().good(word);
			case NOTE -> style().warn(word);
			case PROBLEM -> style().bad(word);
		};
		say(shown + finding.subject() + ": " + finding.message());
		if (!finding.advice().isEmpty()) {
			say("        " + style().weak("-> " + finding.advice()));
		}
	}

}
