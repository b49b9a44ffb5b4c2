package io.meshup.traffic.step;

import java.util.Map;

import io.meshup.route.filter.CompiledFilters;
import io.meshup.route.filter.HeaderChanges;
import io.meshup.route.filter.HeaderTarget;

/**
 * What an attempt changes about the request that the application made.
 *
 * @param path the raw path to send, or empty for the application's own; the query stays
 * @param rule what the rule changes about the headers
 * @param own the mesh's own headers, which replace whatever stood there
 */
public record RequestChanges(String path, HeaderChanges rule, Map<String, String> own) {

	/**
	 * What a rule and the mesh change.
	 * @param filters the rule's
	 * @param path the application's raw path
	 * @param own the mesh's own headers
	 * @return the changes; no path where the rule leaves it
	 */
	@SuppressWarnings("ReferenceEquality") // the same object where nothing changes
	public static RequestChanges of(CompiledFilters filters, String path, Map<String, String> own) {
		String rewritten = filters.path(path);
		return new RequestChanges((rewritten == path) ? "" : rewritten, filters.requestHeaders(), own);
	}

	/**
	 * Changes the headers of a copy of the request.
	 * @param target the copy's headers
	 */
	public void applyTo(HeaderTarget target) {
		this.rule.applyTo(target);
		this.own.forEach(target::set);
	}

}
