package io.meshup.route.match;

import org.jspecify.annotations.Nullable;

/**
 * What routing may ask of a request. Called on the calling thread; cheap, no copies.
 */
public interface RouteRequest {

	/**
	 * The method in upper case.
	 * @return for example {@code GET}
	 */
	String method();

	/**
	 * The raw path as the service sees it, without the query.
	 * @return for example {@code /items/7}
	 */
	String path();

	/**
	 * The query as it stands in the URI.
	 * @return the raw query without its question mark, or {@code null}
	 */
	default @Nullable String rawQuery() {
		return null;
	}

	/**
	 * A query parameter.
	 * @param name its name, exact
	 * @return its first value, decoded, or {@code null}
	 */
	@Nullable String queryParam(String name);

	/**
	 * A header.
	 * @param name its name in any case
	 * @return its first value, or {@code null}
	 */
	@Nullable String header(String name);

	/**
	 * The address that the request came from, where the caller forwards for others.
	 * @return the caller's IP at a gateway, else {@code null}
	 */
	@Nullable String remoteAddress();

	/**
	 * The hash of a sticky key that the request being served brought along.
	 * @param name the key's name
	 * @return 0 for one that it did not bring
	 */
	default long stickyHash(String name) {
		return 0;
	}

}
