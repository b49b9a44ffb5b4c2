package io.meshup.model.rule.match;

import java.util.Locale;

/**
 * Which key of a request keeps its caller on one version, or on one instance: the same
 * key meets the same one as long as the weights stay. At most one of the three is set; a
 * request without the key is split at random.
 *
 * @param header name of a header, or empty
 * @param cookie name of a cookie, or empty
 * @param sourceIp whether the caller's address is the key
 */
public record Sticky(String header, String cookie, boolean sourceIp) {

	/**
	 * No key.
	 */
	public static final Sticky NONE = new Sticky("", "", false);

	@SuppressWarnings({ "ConstantValue", "NullAway" })
	public Sticky {
		header = (header != null) ? header : "";
		cookie = (cookie != null) ? cookie : "";
		int keys = (header.isEmpty() ? 0 : 1) + (cookie.isEmpty() ? 0 : 1) + (sourceIp ? 1 : 0);
		if (keys > 1) {
			throw new IllegalArgumentException(
					"the key must be one of header, cookie and sourceIp but was " + keys + " of them");
		}
	}

	/**
	 * What a name of a key stands for.
	 * @param key for example {@code header:x-user}, {@code cookie:uid} or {@code source}
	 * @return the key; {@link #NONE} for any other text
	 */
	public static Sticky ofKey(String key) {
		int colon = key.indexOf(':');
		String name = key.substring(colon + 1);
		return switch (key.substring(0, Math.max(0, colon))) {
			case "header" -> new Sticky(name, "", false);
			case "cookie" -> new Sticky("", name, false);
			default -> key.equals("source") ? new Sticky("", "", true) : NONE;
		};
	}

	/**
	 * How the key is named where its hash travels, and in the event {@code names}.
	 * @return for example {@code header:x-user}; empty for no key
	 */
	public String key() {
		if (!this.header.isEmpty()) {
			return "header:" + this.header.toLowerCase(Locale.ROOT);
		}
		if (!this.cookie.isEmpty()) {
			return "cookie:" + this.cookie;
		}
		return this.sourceIp ? "source" : "";
	}

}
