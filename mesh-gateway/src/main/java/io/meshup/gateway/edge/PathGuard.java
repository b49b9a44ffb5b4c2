package io.meshup.gateway.edge;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Refuses paths that the gateway and a service could read differently (Istio's
 * CVE-2021-31920 and its kin): what a rule sees must be what the service sees. Stateless.
 */
public final class PathGuard {

	private static final Pattern AMBIGUOUS = Pattern
		.compile("//|\\\\|;|%2f|%5c|%00|/\\.{1,2}(/|$)|/(%2e|\\.){1,2}(/|$)");

	private static final Pattern ENCODED_LETTER = Pattern
		.compile("%(4[1-9a-f]|5[0-9a]|6[1-9a-f]|7[0-9a]|3[0-9]|2d|2e|5f|7e)");

	private static final String ACTUATOR = "/actuator";

	private PathGuard() {
	}

	/**
	 * Whether a raw path has one reading only: no empty or dot segments, no path
	 * parameters, no encoded slash, backslash or NUL, and no encoded character that needs
	 * no encoding (RFC 3986, section 2.3).
	 * @param path the raw path
	 * @return {@code false} when it must be refused
	 */
	public static boolean isPlain(String path) {
		if (!isSuspicious(path)) {
			return true;
		}
		String lower = path.toLowerCase(Locale.ROOT);
		return !AMBIGUOUS.matcher(lower).find() && !ENCODED_LETTER.matcher(lower).find();
	}

	/**
	 * Whether a service's path is one of its actuator, which is not for outside.
	 * @param path the raw path as the service sees it, plain
	 * @return {@code true} for {@code /actuator} and all below
	 */
	public static boolean isActuator(String path) {
		int end = ACTUATOR.length();
		return path.regionMatches(true, 0, ACTUATOR, 0, end) && (path.length() == end || path.charAt(end) == '/');
	}

	// All that is refused has one of these; nearly all paths have none, and are not worth
	// an expression.
	private static boolean isSuspicious(String path) {
		char before = 0;
		for (int i = 0; i < path.length(); i++) {
			char next = path.charAt(i);
			if (next == '%' || next == ';' || next == '\\' || (before == '/' && (next == '/' || next == '.'))) {
				return true;
			}
			before = next;
		}
		return false;
	}

}
