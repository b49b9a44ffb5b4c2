package io.meshup.cli.traffic;

import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;

import io.meshup.cli.terminal.Style;
import io.meshup.cli.terminal.Table;
import io.meshup.cli.terminal.Text;
import tools.jackson.databind.JsonNode;

/**
 * What flows between services, a row for each edge.
 */
final class EdgeTable {

	private static final Comparator<JsonNode> BUSIEST_FIRST = Comparator
		.comparingDouble((JsonNode edge) -> -edge.path("rate").asDouble(0))
		.thenComparing((edge) -> end(edge, "source"))
		.thenComparing((edge) -> end(edge, "destination"));

	private final Style style;

	EdgeTable(Style style) {
		this.style = style;
	}

	/**
	 * The table.
	 * @param topology what the registry tells
	 * @return the busiest first
	 */
	Table of(JsonNode topology) {
		Table table = new Table("FROM", "TO", "CALLS/S>", "ERRORS>", "P50 MS>", "P90>?", "P99>", "RETRIES/S>?",
				"BREAKER", "EJECTED>?");
		List<JsonNode> edges = topology.path("edges").valueStream().sorted(BUSIEST_FIRST).toList();
		for (JsonNode edge : edges) {
			table.row(end(edge, "source"), end(edge, "destination"), number(edge, "rate"), errors(edge),
					number(edge, "p50"), number(edge, "p90"), number(edge, "p99"), number(edge, "retryRate"),
					breaker(edge), ejected(edge));
		}
		return table;
	}

	private static String end(JsonNode edge, String which) {
		String version = Text.of(edge.path(which), "version");
		return Text.of(edge.path(which), "service") + (version.isEmpty() ? "" : " " + version);
	}

	private static String number(JsonNode edge, String field) {
		return Text.number(edge.path(field).asDouble(0));
	}

	private Table.Cell errors(JsonNode edge) {
		double errors = edge.path("errorRate").asDouble(0);
		return new Table.Cell(Text.share(errors, edge.path("rate").asDouble(0)),
				(errors > 0) ? this.style::bad : UnaryOperator.identity());
	}

	private Table.Cell breaker(JsonNode edge) {
		String breaker = Text.of(edge, "breaker");
		return new Table.Cell(breaker, breaker.equals("closed") ? this.style::weak : this.style::bad);
	}

	private Table.Cell ejected(JsonNode edge) {
		String count = Text.of(edge, "ejected");
		return new Table.Cell(count, count.equals("0") ? this.style::weak : this.style::bad);
	}

}
