package io.meshup.model.rule.match;

/**
 * A condition on a named text: a header or a query parameter.
 *
 * @param name the header (any case) or the parameter (exact)
 * @param type {@link MatchType#EXACT} (default) or {@link MatchType#REGULAR_EXPRESSION}
 * @param value what to compare with
 */
public record TextMatch(String name, MatchType type, String value) {

	@SuppressWarnings({ "ConstantValue", "NullAway" })
	public TextMatch {
		type = (type != null) ? type : MatchType.EXACT;
		if (name == null || name.isEmpty() || value == null) {
			throw new IllegalArgumentException(
					"'name' and 'value' of a match must be given but were '" + name + "' and '" + value + "'");
		}
		if (type == MatchType.PATH_PREFIX) {
			throw new IllegalArgumentException(
					"'type' of a header or query match must be Exact or RegularExpression but was PathPrefix");
		}
	}

}
