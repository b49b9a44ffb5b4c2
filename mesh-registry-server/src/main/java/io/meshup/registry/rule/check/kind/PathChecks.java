package io.meshup.registry.rule.check.kind;

import io.meshup.registry.rule.check.field.Expressions;
import io.meshup.registry.rule.check.field.Findings;
import tools.jackson.databind.JsonNode;

/**
 * What a schema cannot say about the condition on a path.
 */
final class PathChecks {

	private PathChecks() {
	}

	static boolean isAny(JsonNode path) {
		return path.isMissingNode() || (path.path("type").asString("PathPrefix").equals("PathPrefix")
				&& path.path("value").asString("/").equals("/"));
	}

	static void check(JsonNode path, String at, Findings findings) {
		JsonNode value = path.path("value");
		if (!value.isString()) {
			if (path.isObject() && value.isMissingNode() && path.has("type")
					&& !path.path("type").asString("").equals("PathPrefix")) {
				findings.wrong(at + "/value", "must be given but is missing");
			}
			return;
		}
		String text = value.asString();
		if (path.path("type").asString("").equals("RegularExpression")) {
			Expressions.flaw(text).ifPresent((flaw) -> findings.wrong(at + "/value", flaw));
		}
		else if (!text.startsWith("/") || text.contains("?") || text.contains("#")) {
			findings.wrong(at + "/value", "must begin with '/' and have no '?' or '#' but was '" + text + "'");
		}
	}

}
