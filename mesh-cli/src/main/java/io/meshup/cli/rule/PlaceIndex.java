package io.meshup.cli.rule;

import java.util.HashMap;
import java.util.Map;

import io.meshup.cli.terminal.Yaml;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * In which line of a text a JSON pointer of a document stands. Immutable.
 */
final class PlaceIndex {

	private final Map<String, Integer> lines;

	private PlaceIndex(Map<String, Integer> lines) {
		this.lines = lines;
	}

	/**
	 * Reads a text as far as it can be read.
	 * @param text what was written, in YAML or JSON, of one or several documents
	 * @return the index
	 */
	static PlaceIndex of(String text) {
		Map<String, Integer> lines = new HashMap<>();
		try (JsonParser parser = Yaml.mapper().createParser(text)) {
			int document = 0;
			for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
				lines.putIfAbsent(key(document, parser.streamReadContext().pathAsPointer().toString()),
						parser.currentTokenLocation().getLineNr());
				document += (parser.streamReadContext().inRoot() && isEnd(token)) ? 1 : 0;
			}
		}
		catch (JacksonException ex) {
			return new PlaceIndex(lines);
		}
		return new PlaceIndex(lines);
	}

	private static boolean isEnd(JsonToken token) {
		return token.isStructEnd() || token.isScalarValue();
	}

	/**
	 * The line of a pointer, or of what is nearest above it.
	 * @param document the document, from 0
	 * @param pointer the pointer
	 * @return the line from 1, or 0 when it is not known
	 */
	int line(int document, String pointer) {
		boolean isList = this.lines.containsKey(key(0, "/0"));
		for (String path = pointer; true; path = path.substring(0, path.lastIndexOf('/'))) {
			Integer line = this.lines.get(isList ? key(0, "/" + document + path) : key(document, path));
			if (line != null) {
				return line;
			}
			if (!path.contains("/")) {
				return 0;
			}
		}
	}

	private static String key(int document, String pointer) {
		return document + " " + pointer;
	}

}
