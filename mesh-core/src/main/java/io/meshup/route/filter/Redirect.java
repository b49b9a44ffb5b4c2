package io.meshup.route.filter;

import io.meshup.model.rule.filter.RequestRedirect;
import org.jspecify.annotations.Nullable;

/**
 * The other address of requests that are redirected. Immutable.
 */
public final class Redirect {

	private final RequestRedirect rule;

	private final PathRewrite path;

	Redirect(RequestRedirect rule, PathRewrite path) {
		this.rule = rule;
		this.path = path;
	}

	/**
	 * The status of the answer.
	 * @return 301, 302, 303, 307 or 308
	 */
	public int status() {
		return this.rule.statusCode();
	}

	/**
	 * The address of a request.
	 * @param path its raw path
	 * @param query its raw query, or {@code null}
	 * @return an absolute URI, or a path where the rule names no host
	 */
	public String location(String path, @Nullable String query) {
		String rest = this.path.apply(path) + ((query != null) ? "?" + query : "");
		if (this.rule.hostname().isEmpty()) {
			return rest;
		}
		String scheme = this.rule.scheme().isEmpty() ? "http" : this.rule.scheme();
		String port = (this.rule.port() != 0) ? ":" + this.rule.port() : "";
		return scheme + "://" + this.rule.hostname() + port + rest;
	}

}
