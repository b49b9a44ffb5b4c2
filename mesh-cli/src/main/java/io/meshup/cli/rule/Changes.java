package io.meshup.cli.rule;

import java.util.ArrayList;
import java.util.List;

import io.meshup.cli.terminal.Style;
import io.meshup.cli.terminal.Text;
import tools.jackson.databind.JsonNode;

/**
 * Differences between two versions of a rule, a line for each.
 */
final class Changes {

	private final Style style;

	private final String mood;

	private Changes(Style style, String mood) {
		this.style = style;
		this.mood = mood;
	}

	static Changes made(Style style) {
		return new Changes(style, "");
	}

	static Changes tried(Style style) {
		return new Changes(style, "would be ");
	}

	/**
	 * What became of the documents that were applied.
	 * @param documents the {@code documents} of the answer
	 * @return the lines
	 */
	List<String> ofApplied(JsonNode documents) {
		List<String> lines = new ArrayList<>();
		for (JsonNode document : documents) {
			String result = Text.of(document, "result");
			String rule = Text.of(document, "kind") + "/" + Text.of(document, "name");
			lines.add(switch (result) {
				case "created" -> this.style.good("+ " + rule + " " + this.mood + "created");
				case "changed" -> this.style.warn("~ " + rule + " " + this.mood + "changed");
				default -> this.style.weak("= " + rule + " " + result);
			});
			if (!result.equals("created")) {
				lines.addAll(of(document.path("changes")));
			}
			lines.addAll(warnings(document));
		}
		return lines;
	}

	/**
	 * Each difference.
	 * @param changes the {@code changes} of an answer
	 * @return the lines
	 */
	List<String> of(JsonNode changes) {
		List<String> lines = new ArrayList<>();
		for (JsonNode change : changes) {
			lines.add("    " + of(change, Text.of(change, "path")));
		}
		return lines;
	}

	private String of(JsonNode change, String path) {
		return switch (Text.of(change, "op")) {
			case "add" -> this.style.good(path + ": + " + Text.of(change, "to"));
			case "remove" -> this.style.bad(path + ": - " + Text.of(change, "from"));
			default ->
				path + ": " + this.style.bad(Text.of(change, "from")) + " -> " + this.style.good(Text.of(change, "to"));
		};
	}

	/**
	 * What is allowed but hardly meant.
	 * @param answer an answer with {@code warnings}
	 * @return the lines
	 */
	List<String> warnings(JsonNode answer) {
		List<String> lines = new ArrayList<>();
		for (JsonNode warning : answer.path("warnings")) {
			lines.add(this.style
				.warn("  ! " + (Text.of(warning, "pointer") + " ").stripLeading() + Text.of(warning, "message")));
		}
		return lines;
	}

}
