package io.meshup.model.rule.filter;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What becomes of a path, in the words of Gateway API.
 *
 * @param type which of the two holds
 * @param replaceFullPath the new path, for {@link Type#REPLACE_FULL_PATH}
 * @param replacePrefixMatch what stands for the prefix that matched, for
 * {@link Type#REPLACE_PREFIX_MATCH}
 */
public record PathModifier(Type type, String replaceFullPath, String replacePrefixMatch) {

	@SuppressWarnings({ "ConstantValue", "NullAway" })
	public PathModifier {
		replaceFullPath = (replaceFullPath != null) ? replaceFullPath : "";
		replacePrefixMatch = (replacePrefixMatch != null) ? replacePrefixMatch : "";
		String used = (type == Type.REPLACE_FULL_PATH) ? replaceFullPath : replacePrefixMatch;
		String unused = (type == Type.REPLACE_FULL_PATH) ? replacePrefixMatch : replaceFullPath;
		if (!used.startsWith("/") || !unused.isEmpty()) {
			throw new IllegalArgumentException(
					"a path must be replaced by one that begins with '/', in the field of its type");
		}
	}

	/**
	 * How a path is replaced.
	 */
	public enum Type {

		/**
		 * As a whole.
		 */
		@JsonProperty("ReplaceFullPath")
		REPLACE_FULL_PATH,

		/**
		 * The prefix by which the rule matched.
		 */
		@JsonProperty("ReplacePrefixMatch")
		REPLACE_PREFIX_MATCH

	}

}
