package io.meshup.registry.rule.check.kind;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import io.meshup.registry.rule.check.field.Expressions;
import io.meshup.registry.rule.check.field.Findings;
import tools.jackson.databind.JsonNode;

/**
 * What a schema cannot say about the conditions on a request.
 */
final class MatchChecks {

	private static final Set<String> NOT_MATCHABLE = Set.of("connection", "content-length", "host", "keep-alive",
			"proxy-connection", "te", "trailer", "transfer-encoding", "upgrade");

	private final Findings findings;

	MatchChecks(Findings findings) {
		this.findings = findings;
	}

	void check(JsonNode match, String at) {
		PathChecks.check(match.path("path"), at + "/path", this.findings);
		texts(match.path("queryParams"), at + "/queryParams");
		JsonNode headers = match.path("headers");
		texts(headers, at + "/headers");
		for (int i = 0; i < headers.size(); i++) {
			header(headers.path(i).path("name").asString(""), at + "/headers/" + i + "/name");
		}
	}

	void header(String name, String at) {
		if (NOT_MATCHABLE.contains(name.toLowerCase(Locale.ROOT))) {
			this.findings.wrong(at, "must be a header that travels from end to end but was '" + name + "'");
		}
	}

	private void texts(JsonNode conditions, String at) {
		for (int i = 0; i < conditions.size(); i++) {
			JsonNode condition = conditions.path(i);
			if (condition.path("type").asString("").equals("RegularExpression")) {
				expression(condition.path("value"), at + "/" + i + "/value");
			}
		}
	}

	private void expression(JsonNode value, String at) {
		Optional.of(value)
			.filter(JsonNode::isString)
			.flatMap((text) -> Expressions.flaw(text.asString()))
			.ifPresent((flaw) -> this.findings.wrong(at, flaw));
	}

}
