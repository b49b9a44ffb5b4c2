package io.meshup.model.rule.filter;

import java.util.Locale;
import java.util.Set;

/**
 * A header with a value, as a rule writes it.
 *
 * @param name an RFC 9110 token; not one that a connection or the mesh owns
 * @param value without control characters
 */
public record Header(String name, String value) {

	private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}";

	private static final Set<String> NOT_CHANGEABLE = Set.of("connection", "content-length", "host", "keep-alive",
			"proxy-connection", "te", "trailer", "transfer-encoding", "upgrade");

	public Header {
		requireChangeable(name);
		if (value.chars().anyMatch((c) -> c < ' ' || c == 0x7f)) {
			throw new IllegalArgumentException("the value of header '" + name + "' must have no control characters");
		}
	}

	/**
	 * Whether a rule may set, add or remove a header.
	 * @param name its name in any case
	 * @return {@code false} for those that frame a message, lead it, or are the mesh's
	 * own
	 */
	public static boolean isChangeable(String name) {
		String lower = name.toLowerCase(Locale.ROOT);
		return name.matches(TOKEN) && !NOT_CHANGEABLE.contains(lower) && !lower.startsWith("x-mesh-");
	}

	static void requireChangeable(String name) {
		if (!isChangeable(name)) {
			throw new IllegalArgumentException("header '" + name + "' must be one that a rule may change: an RFC 9110 "
					+ "token, not Host or a header of the connection, not x-mesh-*");
		}
	}

}
