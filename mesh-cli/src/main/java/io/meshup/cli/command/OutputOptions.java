package io.meshup.cli.command;

import java.util.function.Supplier;

import io.meshup.cli.terminal.Table;
import io.meshup.cli.terminal.Terminal;
import io.meshup.cli.terminal.Yaml;
import io.meshup.model.MeshJson;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/**
 * How an answer is shown: a table for people, or what the registry said for scripts.
 */
public final class OutputOptions {

	@Option(names = { "-o", "--output" }, paramLabel = "FORMAT",
			description = "table (default), yaml or json. The latter two hold all that the registry answered.")
	private Format format = Format.table;

	/**
	 * Whether people read it.
	 * @return whether neither YAML nor JSON is wanted
	 */
	public boolean isTable() {
		return this.format == Format.table;
	}

	/**
	 * Shows an answer.
	 * @param terminal where
	 * @param tree the answer
	 * @param table the same for people
	 */
	public void show(Terminal terminal, JsonNode tree, Supplier<Table> table) {
		if (isTable()) {
			table.get().lines(terminal).forEach(terminal.out()::println);
		}
		else {
			showTree(terminal, tree);
		}
	}

	/**
	 * Shows an answer for scripts.
	 * @param terminal where
	 * @param tree the answer
	 */
	public void showTree(Terminal terminal, JsonNode tree) {
		if (this.format == Format.yaml) {
			terminal.out().print(Yaml.write(tree));
		}
		else {
			terminal.out().println(MeshJson.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(tree));
		}
	}

	/**
	 * The words of the option.
	 */
	@SuppressWarnings("checkstyle:ConstantName")
	enum Format {

		table, yaml, json

	}

}
