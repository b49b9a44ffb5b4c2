package io.meshup.model.rule.match;

/**
 * A condition on the request's path.
 *
 * @param type default {@link MatchType#PATH_PREFIX}
 * @param value default {@code /}; begins with a slash unless it is an expression
 */
public record PathMatch(MatchType type, String value) {

	/**
	 * Matches every path.
	 */
	public static final PathMatch ANY = new PathMatch(MatchType.PATH_PREFIX, "/");

	@SuppressWarnings({ "ConstantValue", "NullAway" })
	public PathMatch {
		type = (type != null) ? type : MatchType.PATH_PREFIX;
		value = (value != null) ? value : "/";
		if (type != MatchType.REGULAR_EXPRESSION && !value.startsWith("/")) {
			throw new IllegalArgumentException("'value' of a path match must begin with '/' but was '" + value + "'");
		}
	}

}
