package io.meshup.model.rule.match;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How a text is compared, in the words of Gateway API.
 */
public enum MatchType {

	/**
	 * Equal, case and all.
	 */
	@JsonProperty("Exact")
	EXACT,

	/**
	 * Begins with whole path segments: {@code /a} matches {@code /a} and {@code /a/b} but
	 * not {@code /ab}. For paths only.
	 */
	@JsonProperty("PathPrefix")
	PATH_PREFIX,

	/**
	 * Matches an RE2 expression as a whole, in time linear to the text and to the
	 * expression; a text of more than 4,096 characters does not match.
	 */
	@JsonProperty("RegularExpression")
	REGULAR_EXPRESSION;

	/**
	 * How many instructions an expression may have once its repeats are unrolled.
	 */
	public static final int MAX_EXPRESSION_SIZE = 500;

}
