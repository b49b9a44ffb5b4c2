package io.meshup.cli.rule;

import java.util.List;

import io.meshup.cli.registry.CommandFailure;
import io.meshup.cli.terminal.Text;
import io.meshup.cli.terminal.Yaml;
import tools.jackson.databind.JsonNode;

/**
 * What is wrong in a file, with the place where it stands.
 */
final class ViolationText {

	private final RuleFile file;

	private final List<JsonNode> documents;

	private final PlaceIndex places;

	ViolationText(RuleFile file) {
		this.file = file;
		List<JsonNode> read = Yaml.read(file.text());
		this.documents = (read.size() == 1 && read.get(0).isArray()) ? read.get(0).valueStream().toList() : read;
		this.places = PlaceIndex.of(file.text());
	}

	/**
	 * All of them.
	 * @param failure what the registry refused
	 * @return its words, and a line for each violation
	 */
	String of(CommandFailure failure) {
		StringBuilder text = new StringBuilder(failure.message());
		failure.violations()
			.forEach((violation) -> text.append(System.lineSeparator()).append("  ").append(of(violation)));
		return text.toString();
	}

	private String of(JsonNode violation) {
		int document = violation.path("document").asInt(-1);
		String pointer = Text.of(violation, "pointer");
		String where = this.file.name() + line(violation, document, pointer);
		String rule = (document >= 0) ? " " + rule(document) : "";
		return where + ":" + rule + (pointer.isEmpty() ? "" : " " + pointer) + " " + Text.of(violation, "message");
	}

	private String line(JsonNode violation, int document, String pointer) {
		int line = violation.path("line").asInt(this.places.line(document, pointer));
		int column = violation.path("column").asInt(0);
		return (line <= 0) ? "" : ":" + line + ((column > 0) ? ":" + column : "");
	}

	private String rule(int document) {
		if (document >= this.documents.size()) {
			return "document " + (document + 1);
		}
		JsonNode read = this.documents.get(document);
		String name = Text.of(read.path("metadata"), "name");
		return "document " + (document + 1) + (name.isEmpty() ? "" : " (" + Text.of(read, "kind") + "/" + name + ")");
	}

}
