package io.meshup.model.rule.match;

import java.util.List;

/**
 * Conditions that must all hold.
 *
 * @param path on the path, default any
 * @param method the HTTP method in upper case, or empty for any
 * @param headers on headers
 * @param queryParams on query parameters (the first value of each)
 * @param sources calling services, empty for any
 */
public record RouteMatch(PathMatch path, String method, List<TextMatch> headers, List<TextMatch> queryParams,
		List<String> sources) {

	@SuppressWarnings({ "ConstantValue", "NullAway" })
	public RouteMatch {
		path = (path != null) ? path : PathMatch.ANY;
		method = (method != null) ? method : "";
		headers = (headers != null) ? List.copyOf(headers) : List.of();
		queryParams = (queryParams != null) ? List.copyOf(queryParams) : List.of();
		sources = (sources != null) ? List.copyOf(sources) : List.of();
	}

}
