package io.meshup.registry.rule.check.field;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.google.re2j.PatternSyntaxException;
import io.meshup.model.rule.match.MatchType;

/**
 * Checks RE2 expressions, whose matching is linear, before each caller compiles them.
 */
public final class Expressions {

	/**
	 * Repeats are unrolled: nested ones multiply.
	 */
	private static final int MAX_REPEAT = MatchType.MAX_EXPRESSION_SIZE;

	private static final Pattern COUNT = Pattern.compile("\\{(\\d{1,9})(?:,(\\d{0,9}))?\\}");

	private Expressions() {
	}

	/**
	 * Finds what is wrong with an expression.
	 * @param expression the text
	 * @return what it must be and what it was, or empty when callers can use it
	 */
	public static Optional<String> flaw(String expression) {
		if (repeats(expression) > MAX_REPEAT) {
			return Optional.of("must repeat at most " + MAX_REPEAT + " times, nested counts multiplied, but '"
					+ expression + "' repeats more often");
		}
		try {
			int size = com.google.re2j.Pattern.compile(expression).programSize();
			return (size <= MatchType.MAX_EXPRESSION_SIZE) ? Optional.empty()
					: Optional.of("must have at most " + MatchType.MAX_EXPRESSION_SIZE + " instructions but '"
							+ expression + "' has " + size + "; repeat less, or use several matches");
		}
		catch (PatternSyntaxException ex) {
			return Optional.of("must be an RE2 expression but '" + expression + "' has " + ex.getDescription());
		}
	}

	/**
	 * An upper bound of how often one part is unrolled.
	 * @param expression the text
	 * @return the largest product of nested counts, at most a little above the limit
	 */
	private static long repeats(String expression) {
		Deque<Long> open = new ArrayDeque<>();
		long last = 1;
		long inside = 1;
		long most = 1;
		Matcher count = COUNT.matcher(expression);
		for (int i = 0; i < expression.length(); i++) {
			char c = expression.charAt(i);
			if (c == '\\') {
				i++;
				last = 1;
			}
			else if (c == '(') {
				open.push(inside);
				inside = 1;
			}
			else if (c == ')') {
				last = inside;
				inside = Math.max(open.isEmpty() ? 1 : open.pop(), last);
			}
			else if (c == '{' && count.find(i) && count.start() == i) {
				last = Math.min(last * largest(count), MAX_REPEAT + 1L);
				inside = Math.max(inside, last);
				most = Math.max(most, last);
				i = count.end() - 1;
			}
			else if (c != '*' && c != '+' && c != '?') {
				last = 1;
			}
		}
		return most;
	}

	private static long largest(Matcher count) {
		String second = count.group(2);
		long low = Long.parseLong(count.group(1));
		return Math.max(1, (second == null || second.isEmpty()) ? low : Math.max(low, Long.parseLong(second)));
	}

}
