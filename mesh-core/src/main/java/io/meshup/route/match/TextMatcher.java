package io.meshup.route.match;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.meshup.model.rule.match.MatchType;

/**
 * Compares one text. Immutable.
 */
interface TextMatcher {

	/**
	 * An expression takes time in proportion to the text; a longer one does not match.
	 */
	int MAX_TEXT = 4_096;

	boolean matches(String text);

	static TextMatcher of(MatchType type, String value) {
		return switch (type) {
			case EXACT -> value::equals;
			case PATH_PREFIX -> prefix(value);
			case REGULAR_EXPRESSION -> expression(value);
		};
	}

	private static TextMatcher prefix(String value) {
		String prefix = value.endsWith("/") ? value.substring(0, value.length() - 1) : value;
		if (prefix.isEmpty()) {
			return (text) -> true;
		}
		return (text) -> text.startsWith(prefix)
				&& (text.length() == prefix.length() || text.charAt(prefix.length()) == '/');
	}

	private static TextMatcher expression(String value) {
		try {
			Pattern pattern = Pattern.compile(value);
			if (pattern.programSize() > MatchType.MAX_EXPRESSION_SIZE) {
				throw new IllegalArgumentException("'value' must be an expression of at most "
						+ MatchType.MAX_EXPRESSION_SIZE + " instructions but '" + value + "' has "
						+ pattern.programSize() + ". Repeat less, or use several matches.");
			}
			return (text) -> text.length() <= MAX_TEXT && pattern.matches(text);
		}
		catch (PatternSyntaxException ex) {
			throw new IllegalArgumentException("'value' must be an RE2 expression but was '" + value + "': "
					+ ex.getDescription() + ". Lookaround and backreferences are not part of RE2.", ex);
		}
	}

}
