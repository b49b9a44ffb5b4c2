package io.meshup.cli;

import java.util.List;
import java.util.stream.Stream;

import io.meshup.cli.command.RegistryCommand;
import io.meshup.cli.instance.ServiceList;
import io.meshup.cli.registry.ApiPath;
import io.meshup.cli.registry.CommandFailure;
import io.meshup.cli.registry.ExitCode;
import io.meshup.cli.registry.RegistryClient;
import io.meshup.cli.terminal.Terminal;
import io.meshup.cli.terminal.Text;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/**
 * The names that the shell offers, one a line. Never fails: where the registry does not
 * answer there is nothing to offer, and a message would stand in the middle of what is
 * being typed.
 */
@Command(name = "names", hidden = true, description = "Prints names for the completion of the shell.")
final class NamesCommand extends RegistryCommand {

	@Parameters(index = "0", paramLabel = "WHAT", description = "services, instances, versions, rules or revisions.")
	private String what = "";

	@Parameters(index = "1", arity = "0..1", paramLabel = "OF", description = "Of which service or rule.")
	private String of = "";

	NamesCommand(Terminal terminal) {
		super(terminal);
	}

	@Override
	protected ExitCode run(RegistryClient registry) {
		try {
			names(registry).forEach(this::say);
		}
		catch (CommandFailure ex) {
			out().flush();
		}
		return ExitCode.OK;
	}

	private Stream<String> names(RegistryClient registry) {
		return switch (this.what) {
			case "services" -> texts(registry.get(ApiPath.of("services")).path("services"), "name");
			case "versions" ->
				texts(registry.get(ApiPath.of("services", this.of)).path("instances"), "version").distinct();
			case "instances" -> ServiceList.details(registry).stream().flatMap(NamesCommand::instances);
			case "rules" -> registry.get(ApiPath.of("rules"))
				.path("rules")
				.valueStream()
				.map((rule) -> Text.of(rule, "kind") + "/" + Text.of(rule.path("metadata"), "name"));
			case "revisions" -> revisions(registry);
			default -> Stream.empty();
		};
	}

	private Stream<String> revisions(RegistryClient registry) {
		String[] rule = this.of.split("/", 2);
		return (rule.length < 2) ? Stream.empty()
				: texts(registry.get(ApiPath.of("rules", rule[0], rule[1], "history")).path("versions"), "revision");
	}

	private static Stream<String> instances(JsonNode service) {
		String name = Text.of(service, "name");
		return Stream.concat(Stream.of(name), texts(service.path("instances"), "id").map((id) -> name + "/" + id));
	}

	private static Stream<String> texts(JsonNode list, String field) {
		List<String> texts = list.valueStream().map((each) -> Text.of(each, field)).toList();
		return texts.stream();
	}

}
