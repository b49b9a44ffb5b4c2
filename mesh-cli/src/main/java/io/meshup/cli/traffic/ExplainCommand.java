package io.meshup.cli.traffic;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.meshup.cli.command.OutputOptions;
import io.meshup.cli.command.RegistryCommand;
import io.meshup.cli.registry.ApiPath;
import io.meshup.cli.registry.CommandFailure;
import io.meshup.cli.registry.ExitCode;
import io.meshup.cli.registry.RegistryClient;
import io.meshup.cli.terminal.Terminal;
import io.meshup.model.MeshJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code meshctl explain SERVICE/PATH}.
 */
@Command(name = "explain", description = "Tells where a request would go and why, without sending it.",
		footer = { "", "Examples:", "  meshctl explain inventory/items --from catalog",
				"  meshctl explain 'http://orders/orders?dry=1' --from storefront -X POST -H 'x-user: 7'" })
public final class ExplainCommand extends RegistryCommand {

	@Parameters(paramLabel = "SERVICE[/PATH]", description = "What is called, as the caller writes it.")
	private String target = "";

	@Option(names = "--from", paramLabel = "SERVICE", description = "The calling service.")
	private String source = "";

	@Option(names = { "-X", "--method" }, paramLabel = "METHOD", defaultValue = "GET",
			description = "The method (default ${DEFAULT-VALUE}).")
	private String method = "";

	@Option(names = { "-H", "--header" }, paramLabel = "NAME:VALUE", description = "A header of the request.")
	private List<String> headers = List.of();

	@Option(names = "--address", paramLabel = "IP", description = "The caller's address, as a gateway sees it.")
	private String address = "";

	@Mixin
	private OutputOptions output = new OutputOptions();

	/**
	 * The command.
	 * @param terminal what is around it
	 */
	public ExplainCommand(Terminal terminal) {
		super(terminal);
	}

	@Override
	protected ExitCode run(RegistryClient registry) {
		JsonNode answer = registry.post(ApiPath.of("explain"), question()).tree();
		if (this.output.isTable()) {
			new Explanation(answer, terminal()).lines().forEach(this::say);
		}
		else {
			this.output.showTree(terminal(), answer);
		}
		return ExitCode.OK;
	}

	private ObjectNode question() {
		URI uri = uri();
		ObjectNode question = MeshJson.mapper().createObjectNode();
		if (!this.source.isEmpty()) {
			question.put("source", this.source);
		}
		String path = (uri.getRawPath() != null) ? uri.getRawPath() : "";
		question.put("service", uri.getHost()).put("method", this.method).put("path", path.isEmpty() ? "/" : path);
		put(question, "headers", headerMap());
		put(question, "queryParams",
				(uri.getQuery() != null) ? pairs(List.of(uri.getQuery().split("&")), "=") : Map.of());
		if (!this.address.isEmpty()) {
			question.put("remoteAddress", this.address);
		}
		return question;
	}

	private URI uri() {
		try {
			URI uri = URI.create(this.target.contains("://") ? this.target : "http://" + this.target);
			if (uri.getHost() != null) {
				return uri;
			}
		}
		catch (IllegalArgumentException ex) {
			// Said below.
		}
		throw new CommandFailure(ExitCode.USAGE,
				"'" + this.target + "' is no request; write SERVICE/PATH, for example inventory/items.");
	}

	private Map<String, String> headerMap() {
		for (String header : this.headers) {
			if (header.indexOf(':') < 1) {
				throw new CommandFailure(ExitCode.USAGE, "'" + header + "' is no header; write NAME:VALUE.");
			}
		}
		return pairs(this.headers, ":");
	}

	private static Map<String, String> pairs(List<String> texts, String between) {
		Map<String, String> pairs = new LinkedHashMap<>();
		for (String text : texts) {
			String[] parts = text.split(between, 2);
			pairs.put(parts[0].strip(), (parts.length == 2) ? parts[1].strip() : "");
		}
		return pairs;
	}

	private static void put(ObjectNode question, String field, Map<String, String> texts) {
		if (!texts.isEmpty()) {
			texts.forEach(question.withObject("/" + field)::put);
		}
	}

}
