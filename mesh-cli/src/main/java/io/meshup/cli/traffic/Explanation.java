package io.meshup.cli.traffic;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import io.meshup.cli.terminal.Style;
import io.meshup.cli.terminal.Table;
import io.meshup.cli.terminal.Terminal;
import io.meshup.cli.terminal.Text;
import tools.jackson.databind.JsonNode;

/**
 * Where a request would go, in words and tables.
 */
final class Explanation {

	private final JsonNode answer;

	private final Terminal terminal;

	private final Style style;

	Explanation(JsonNode answer, Terminal terminal) {
		this.answer = answer;
		this.terminal = terminal;
		this.style = terminal.style();
	}

	List<String> lines() {
		List<String> lines = new ArrayList<>();
		JsonNode route = this.answer.path("route");
		String rule = Text.of(route, "rule");
		lines.add(this.style.strong("Route    ") + (rule.isEmpty() ? "none" : rule + revision(route)) + ": "
				+ Text.of(route, "reason"));
		for (JsonNode fit : route.path("rules")) {
			lines.add("         rule " + Text.of(fit, "index") + " " + Text.of(fit, "name") + " "
					+ (fit.path("matches").asBoolean(false) ? this.style.good("fits")
							: this.style.weak("does not fit")));
		}
		JsonNode policy = this.answer.path("policy");
		lines.add(this.style.strong("Policy   ")
				+ (policy.isObject() ? Text.of(policy, "rule") + revision(policy) : "none, the defaults hold"));
		String lane = Text.of(this.answer, "lane");
		if (!lane.isEmpty()) {
			lines.add(this.style.strong("Lane     ") + lane);
		}
		add(lines, backends());
		add(lines, candidates());
		add(lines, callers());
		return lines;
	}

	private void add(List<String> lines, Table table) {
		if (!table.isEmpty()) {
			lines.add("");
			lines.addAll(table.lines(this.terminal));
		}
	}

	private static String revision(JsonNode rule) {
		return " (revision " + Text.of(rule, "revision") + ")";
	}

	private Table backends() {
		Table table = new Table("BACKEND", "VERSION", "WEIGHT>", "SHARE>", "WHY");
		for (JsonNode backend : this.answer.path("backends")) {
			String version = Text.of(backend, "version");
			String out = Text.of(backend, "out");
			String chosen = backend.path("chosen").asBoolean(false) ? "chosen by the sticky key" : "";
			table.row(Text.of(backend, "service"), version.isEmpty() ? "any" : version, Text.of(backend, "weight"),
					Text.number(backend.path("percent").asDouble(0)) + " %", out.isEmpty() ? chosen : out);
		}
		return table;
	}

	private Table candidates() {
		Table table = new Table("INSTANCE", "VERSION", "STATUS", "GETS IT", "WHY");
		for (JsonNode candidate : this.answer.path("candidates")) {
			JsonNode instance = candidate.path("instance");
			boolean isOne = candidate.path("candidate").asBoolean(false);
			table.row(Text.of(candidate, "service") + "/" + Text.of(instance, "id"), Text.of(instance, "version"),
					Text.of(instance, "status"),
					new Table.Cell(isOne ? "maybe" : "no", isOne ? this.style::good : this.style::weak),
					texts(candidate.path("reasons"), "; "));
		}
		return table;
	}

	private Table callers() {
		Table table = new Table("CALLER", "RULES IN FORCE", "BREAKERS", "LEAVES OUT");
		for (JsonNode caller : this.answer.path("callers")) {
			boolean isInForce = caller.path("inForce").asBoolean(false);
			String rejected = caller.path("rejected").isEmpty() ? "" : ", some rejected";
			String breakers = caller.path("breakers")
				.properties()
				.stream()
				.map((breaker) -> breaker.getKey() + " " + Text.plain(breaker.getValue().asString("")))
				.collect(Collectors.joining(", "));
			table.row(Text.of(caller, "service") + "/" + Text.of(caller, "id"),
					new Table.Cell((isInForce ? "yes" : "not yet (" + Text.of(caller, "applied") + ")") + rejected,
							isInForce ? this.style::good : this.style::bad),
					breakers, texts(caller.path("ejected"), ", "));
		}
		return table;
	}

	private static String texts(JsonNode list, String between) {
		return list.valueStream().map((each) -> Text.plain(each.asString(""))).collect(Collectors.joining(between));
	}

}
