package io.meshup.registry.rule;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import io.meshup.registry.problem.ApiProblem;
import io.meshup.registry.store.rule.RuleSet;
import io.meshup.registry.store.rule.StoredRule;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/**
 * {@code If-Match} and {@code If-None-Match} of RFC 9110, section 13.
 *
 * @param match the tags of {@code If-Match}, or empty for no condition
 * @param noneMatch the tags of {@code If-None-Match}, or empty for no condition
 */
record Preconditions(List<String> match, List<String> noneMatch) {

	private static final String ANY = "*";

	private static final Pattern TAGS = Pattern.compile("\\*|(W/)?\"[^\"]*\"(\\s*,\\s*(W/)?\"[^\"]*\")*");

	static Preconditions from(HttpHeaders headers) {
		return new Preconditions(tags(headers, HttpHeaders.IF_MATCH), tags(headers, HttpHeaders.IF_NONE_MATCH));
	}

	private static List<String> tags(HttpHeaders headers, String header) {
		List<String> values = headers.getOrEmpty(header);
		if (values.isEmpty()) {
			return List.of();
		}
		String value = String.join(", ", values).strip();
		if (!TAGS.matcher(value).matches()) {
			throw ApiProblem.of(HttpStatus.BAD_REQUEST, "The header " + header
					+ " must be * or the ETag of the rule in double quotes, such as \"42\", but was '" + value + "'.");
		}
		return Arrays.stream(value.split(",")).map(String::strip).toList();
	}

	/**
	 * Compares with the rule as it is.
	 * @param id kind and name
	 * @param present the rule, if it exists
	 * @throws ApiProblem when a condition does not hold
	 */
	void check(String id, Optional<StoredRule> present) {
		compare("'" + id + "'", present.map(StoredRule::revision));
	}

	/**
	 * Compares with all rules together: any change of any rule counts.
	 * @param present the rules
	 * @throws ApiProblem when a condition does not hold
	 */
	void check(RuleSet present) {
		compare("The set of all rules", Optional.of(present.revision()));
	}

	private void compare(String what, Optional<Long> revision) {
		String tag = revision.map(Preconditions::tag).orElse("");
		boolean matches = this.match.isEmpty() || (revision.isPresent() && holds(this.match, tag));
		boolean noneMatches = this.noneMatch.isEmpty() || revision.isEmpty() || !holds(strong(this.noneMatch), tag);
		if (!matches || !noneMatches) {
			String state = revision.map((number) -> "is at revision " + number).orElse("does not exist");
			throw ApiProblem.of(HttpStatus.PRECONDITION_FAILED, what + " " + state + ", but " + condition(matches)
					+ ". Nothing was changed; read it again and decide anew.");
		}
	}

	private String condition(boolean matches) {
		return matches ? "If-None-Match was " + String.join(", ", this.noneMatch)
				: "If-Match was " + String.join(", ", this.match);
	}

	// If-None-Match compares weakly: a proxy that compresses makes a tag weak.
	private static List<String> strong(List<String> tags) {
		return tags.stream().map((tag) -> tag.replaceFirst("^W/", "")).toList();
	}

	private static boolean holds(List<String> tags, String tag) {
		return tags.contains(ANY) || tags.contains(tag);
	}

	static String tag(StoredRule rule) {
		return tag(rule.revision());
	}

	static String tag(long revision) {
		return "\"" + revision + "\"";
	}

}
