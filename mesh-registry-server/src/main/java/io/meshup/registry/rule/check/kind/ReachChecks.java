package io.meshup.registry.rule.check.kind;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import io.meshup.registry.rule.check.field.Findings;
import tools.jackson.databind.JsonNode;

/**
 * Finds rules of a Route that no request reaches, because earlier ones match all of
 * theirs. It tells only what is certain: expressions are compared as text.
 */
final class ReachChecks {

	private static final String PREFIX = "PathPrefix";

	private final Findings findings;

	ReachChecks(Findings findings) {
		this.findings = findings;
	}

	void check(JsonNode rules) {
		List<Condition> earlier = new ArrayList<>();
		for (int i = 0; i < rules.size(); i++) {
			JsonNode matches = rules.path(i).path("matches");
			if (!matches.isEmpty()) {
				compare(matches, earlier, "/spec/rules/" + i);
			}
			for (JsonNode match : matches) {
				earlier.add(new Condition(i, match));
			}
		}
	}

	private void compare(JsonNode matches, List<Condition> earlier, String at) {
		Set<Integer> covering = new HashSet<>();
		for (JsonNode match : matches) {
			Condition condition = earlier.stream()
				.filter((candidate) -> covers(candidate.match, match))
				.findFirst()
				.orElse(null);
			if (condition == null) {
				return;
			}
			covering.add(condition.rule);
		}
		this.findings.doubtful(at,
				"is never reached, because every request that it matches is matched before by rule "
						+ String.join(", ", covering.stream().sorted().map((rule) -> Integer.toString(rule)).toList())
						+ "; move it up or make it match something else");
	}

	/**
	 * Whether whatever fits one condition fits another.
	 * @param wide the one that may be wider
	 * @param narrow the other
	 * @return whether it is certain
	 */
	private static boolean covers(JsonNode wide, JsonNode narrow) {
		JsonNode method = wide.path("method");
		return wide.isObject() && narrow.isObject() && coversPath(wide.path("path"), narrow.path("path"))
				&& (method.isMissingNode() || method.equals(narrow.path("method")))
				&& conditions(narrow.path("headers")).containsAll(conditions(wide.path("headers")))
				&& conditions(narrow.path("queryParams")).containsAll(conditions(wide.path("queryParams")))
				&& coversSources(wide.path("sources"), narrow.path("sources"));
	}

	private static boolean coversPath(JsonNode wide, JsonNode narrow) {
		if (PathChecks.isAny(wide)) {
			return true;
		}
		String wideType = wide.path("type").asString(PREFIX);
		String narrowType = narrow.path("type").asString(PREFIX);
		String prefix = wide.path("value").asString("/");
		String value = narrow.path("value").asString("/");
		if (wideType.equals(PREFIX) && !narrowType.equals("RegularExpression")) {
			String segments = prefix.endsWith("/") ? prefix : prefix + "/";
			return value.equals(prefix) || value.startsWith(segments);
		}
		return wideType.equals(narrowType) && prefix.equals(value);
	}

	private static Set<String> conditions(JsonNode list) {
		Set<String> conditions = new HashSet<>();
		for (JsonNode condition : list) {
			conditions.add(condition.path("name").asString("").toLowerCase(Locale.ROOT) + "\n"
					+ condition.path("type").asString("Exact") + "\n" + condition.path("value").asString(""));
		}
		return conditions;
	}

	private static boolean coversSources(JsonNode wide, JsonNode narrow) {
		return wide.isEmpty() || (!narrow.isEmpty() && texts(wide).containsAll(texts(narrow)));
	}

	private static Set<String> texts(JsonNode list) {
		Set<String> texts = new HashSet<>();
		list.forEach((text) -> texts.add(text.asString("")));
		return texts;
	}

	private record Condition(int rule, JsonNode match) {
	}

}
