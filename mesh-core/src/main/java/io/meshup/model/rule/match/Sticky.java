package io.meshup.model.rule.match;

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

}
