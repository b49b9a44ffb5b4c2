package io.meshup.route;

import java.util.ArrayList;
import java.util.List;

import io.meshup.model.rule.match.MatchType;
import io.meshup.model.rule.match.PathMatch;
import io.meshup.model.rule.match.RouteMatch;
import io.meshup.model.rule.match.TextMatch;

/**
 * A condition of a match that a request can be looked up by: whoever does not have it
 * cannot match.
 *
 * @param kind what of the request it is compared with
 * @param name the header or the parameter, or empty
 * @param value the text that the request must have
 */
record MatchKey(Kind kind, String name, String value) {

	/** Whoever has none of them may stand for something else than itself. */
	private static final String META = "\\.+*?()|[]{}^$";

	/**
	 * Finds the keys of a match.
	 * @param match a match
	 * @return its keys; empty when a request must be compared with it anyway
	 */
	static List<MatchKey> of(RouteMatch match) {
		List<MatchKey> keys = new ArrayList<>();
		addPath(match.path(), keys);
		addNamed(Kind.HEADER, match.headers(), keys);
		addNamed(Kind.PARAM, match.queryParams(), keys);
		if (match.sources().size() == 1) {
			keys.add(new MatchKey(Kind.SOURCE, "", match.sources().get(0)));
		}
		return keys;
	}

	private static void addPath(PathMatch path, List<MatchKey> keys) {
		if (path.type() == MatchType.EXACT) {
			keys.add(new MatchKey(Kind.PATH, "", path.value()));
			return;
		}
		String prefix = (path.type() == MatchType.PATH_PREFIX) ? path.value() : literal(path.value());
		prefix = prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
		if (!prefix.isEmpty()) {
			keys.add(new MatchKey(Kind.PREFIX, "", prefix));
		}
	}

	// The whole segments that any match of an expression begins with.
	private static String literal(String expression) {
		int end = 0;
		while (end < expression.length() && META.indexOf(expression.charAt(end)) < 0) {
			end++;
		}
		boolean alternatives = expression.indexOf('|') >= 0;
		boolean lastIsOptional = end < expression.length() && "?*{".indexOf(expression.charAt(end)) >= 0;
		String literal = expression.substring(0, lastIsOptional ? Math.max(0, end - 1) : end);
		return alternatives ? "" : literal.substring(0, literal.lastIndexOf('/') + 1);
	}

	private static void addNamed(Kind kind, List<TextMatch> matches, List<MatchKey> keys) {
		for (TextMatch match : matches) {
			if (match.type() == MatchType.EXACT) {
				keys.add(new MatchKey(kind, match.name(), match.value()));
			}
		}
	}

	/**
	 * What of a request a key is compared with.
	 */
	enum Kind {

		PATH, PREFIX, HEADER, PARAM, SOURCE

	}

}
