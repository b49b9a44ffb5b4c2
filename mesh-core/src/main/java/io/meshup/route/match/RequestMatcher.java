package io.meshup.route.match;

import java.util.List;

import io.meshup.model.rule.match.RouteMatch;
import io.meshup.model.rule.match.TextMatch;

/**
 * One alternative of a rule: all its conditions must hold. The cheap ones are asked
 * first. Immutable.
 */
public final class RequestMatcher {

	private final String method;

	private final List<String> sources;

	private final TextMatcher path;

	private final NamedMatcher[] headers;

	private final NamedMatcher[] queryParams;

	/**
	 * Compiles the conditions.
	 * @param match the conditions
	 * @throws IllegalArgumentException when an expression is not RE2; the message names
	 * it
	 */
	public RequestMatcher(RouteMatch match) {
		this.method = match.method();
		this.sources = match.sources();
		this.path = TextMatcher.of(match.path().type(), match.path().value());
		this.headers = named(match.headers());
		this.queryParams = named(match.queryParams());
	}

	/**
	 * Compares a request.
	 * @param request the request
	 * @param source the calling service
	 * @return whether all conditions hold
	 */
	public boolean matches(RouteRequest request, String source) {
		return (this.method.isEmpty() || this.method.equals(request.method())) && this.path.matches(request.path())
				&& (this.sources.isEmpty() || this.sources.contains(source)) && matchesHeaders(request)
				&& matchesQuery(request);
	}

	private boolean matchesHeaders(RouteRequest request) {
		for (NamedMatcher header : this.headers) {
			String value = request.header(header.name());
			if (value == null || !header.value().matches(value)) {
				return false;
			}
		}
		return true;
	}

	private boolean matchesQuery(RouteRequest request) {
		for (NamedMatcher param : this.queryParams) {
			String value = request.queryParam(param.name());
			if (value == null || !param.value().matches(value)) {
				return false;
			}
		}
		return true;
	}

	private static NamedMatcher[] named(List<TextMatch> matches) {
		NamedMatcher[] named = new NamedMatcher[matches.size()];
		for (int i = 0; i < named.length; i++) {
			TextMatch match = matches.get(i);
			named[i] = new NamedMatcher(match.name(), TextMatcher.of(match.type(), match.value()));
		}
		return named;
	}

	private record NamedMatcher(String name, TextMatcher value) {
	}

}
