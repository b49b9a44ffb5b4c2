package io.meshup.registry.rule.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import tools.jackson.databind.JsonNode;

/**
 * Writes trees as YAML 1.2 that reads back to the same trees: the emitter asks the same
 * resolver as the reader which text needs quotes.
 */
public final class YamlWriter {

	private YamlWriter() {
	}

	/**
	 * Writes documents, each behind its own {@code ---}.
	 * @param documents the trees
	 * @return the text, empty without documents
	 */
	public static String write(List<JsonNode> documents) {
		DumpSettings settings = DumpSettings.builder()
			.setDefaultFlowStyle(FlowStyle.BLOCK)
			.setExplicitStart(true)
			.setSplitLines(false)
			.setDereferenceAliases(true)
			.build();
		return new Dump(settings).dumpAllToString(documents.stream().map(YamlWriter::plain).iterator());
	}

	private static @Nullable Object plain(JsonNode node) {
		if (node.isObject()) {
			Map<String, @Nullable Object> object = new LinkedHashMap<>();
			node.properties().forEach((field) -> object.put(field.getKey(), plain(field.getValue())));
			return object;
		}
		if (node.isArray()) {
			List<@Nullable Object> array = new ArrayList<>();
			node.forEach((item) -> array.add(plain(item)));
			return array;
		}
		if (node.isNull()) {
			return null;
		}
		if (node.isBoolean()) {
			return node.booleanValue();
		}
		if (node.isIntegralNumber()) {
			return node.bigIntegerValue();
		}
		return node.isNumber() ? node.doubleValue() : node.asString();
	}

}
