package io.meshup.traffic.step;

import java.util.Map;

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
	 * Changes the headers of a copy of the request.
	 * @param target the copy's headers
	 */
	public void applyTo(HeaderTarget target) {
		this.rule.applyTo(target);
		this.own.forEach(target::set);
	}

}
