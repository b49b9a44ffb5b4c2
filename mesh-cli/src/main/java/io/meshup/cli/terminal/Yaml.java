package io.meshup.cli.terminal;

import java.util.ArrayList;
import java.util.List;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/**
 * YAML for people. Thread-safe.
 */
public final class Yaml {

	private static final YAMLMapper MAPPER = YAMLMapper.builder()
		.disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
		.enable(YAMLWriteFeature.MINIMIZE_QUOTES, YAMLWriteFeature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS,
				YAMLWriteFeature.INDENT_ARRAYS_WITH_INDICATOR)
		.build();

	private Yaml() {
	}

	/**
	 * Writes a tree.
	 * @param tree any tree
	 * @return one document that ends with a line break
	 */
	public static String write(JsonNode tree) {
		return MAPPER.writeValueAsString(tree);
	}

	/**
	 * Reads documents as far as they can be read: the registry is the judge of them.
	 * @param text what was written, in YAML or JSON
	 * @return the documents before the first that does not parse
	 */
	public static List<JsonNode> read(String text) {
		List<JsonNode> documents = new ArrayList<>();
		try (MappingIterator<JsonNode> values = MAPPER.readerFor(JsonNode.class).readValues(text)) {
			while (values.hasNextValue()) {
				documents.add(values.nextValue());
			}
		}
		catch (JacksonException ex) {
			return documents;
		}
		return documents;
	}

	/**
	 * The mapper itself, for those who want tokens.
	 * @return the shared, immutable mapper
	 */
	public static YAMLMapper mapper() {
		return MAPPER;
	}

}
