package io.meshup.registry.insight.explain;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import io.meshup.route.match.RouteRequest;
import org.jspecify.annotations.Nullable;

/**
 * A request that nobody makes.
 *
 * @param source the calling service, empty for none
 * @param service the called service
 * @param method the method
 * @param path the path without the query
 * @param headers by name in lower case
 * @param queryParams by name
 * @param remoteAddress the caller's address at a gateway, or {@code null}
 */
record Question(String source, String service, String method, String path, Map<String, String> headers,
		Map<String, String> queryParams, @Nullable String remoteAddress) implements RouteRequest {

	private static final String LANE = "x-mesh-lane";

	Question {
		Map<String, String> lower = new TreeMap<>();
		headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
		headers = lower;
	}

	// The lane that it would be in, empty for the base.
	String lane() {
		return this.headers.getOrDefault(LANE, "").strip();
	}

	@Override
	public @Nullable String header(String name) {
		return this.headers.get(name.toLowerCase(Locale.ROOT));
	}

	@Override
	public @Nullable String queryParam(String name) {
		return this.queryParams.get(name);
	}

}
