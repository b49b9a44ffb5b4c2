package io.meshup.registry.rule.text;

import java.util.ArrayList;
import java.util.List;

import io.meshup.registry.limit.RegistryLimits;
import io.meshup.registry.problem.ApiProblem;
import io.meshup.registry.problem.Violation;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import tools.jackson.databind.JsonNode;

/**
 * Operators' YAML 1.2, read to the same trees as JSON. Only the parser's events are used:
 * nothing is constructed from tags, and nesting and aliases are limited while reading.
 */
final class YamlText {

	private final RegistryLimits limits;

	YamlText(RegistryLimits limits) {
		this.limits = limits;
	}

	/**
	 * Reads all documents; empty ones are left out.
	 * @param text the YAML
	 * @return the documents
	 * @throws ApiProblem when it is not YAML, or more than a rule needs; tells where
	 */
	List<JsonNode> read(String text) {
		List<JsonNode> documents = new ArrayList<>();
		try {
			LoadSettings settings = LoadSettings.builder().setCodePointLimit(this.limits.bodyBytes()).build();
			YamlTree tree = new YamlTree(settings, this.limits.document(),
					new Parse(settings).parseString(text).iterator());
			for (JsonNode document = tree.nextDocument(); !document.isMissingNode(); document = tree.nextDocument()) {
				if (!document.isNull()) {
					documents.add(document);
				}
			}
			return documents;
		}
		catch (MarkedYamlEngineException ex) {
			throw invalid(documents.size(), ex.getProblemMark().or(ex::getContextMark).orElse(null), ex.getProblem());
		}
		catch (YamlEngineException ex) {
			throw invalid(documents.size(), null, "it does not parse");
		}
		catch (YamlTree.RefusedException ex) {
			throw invalid(documents.size(), ex.event().getStartMark().orElse(null), ex.reason());
		}
	}

	private static ApiProblem invalid(int document, @Nullable Mark mark, String reason) {
		int line = (mark != null) ? mark.getLine() + 1 : 1;
		int column = (mark != null) ? mark.getColumn() + 1 : 1;
		return ApiProblem.invalid(List.of(Violation.at(document, line, column, "must be YAML 1.2, but: " + reason)));
	}

}
