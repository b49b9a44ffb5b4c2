package io.meshup.model.rule.filter;

/**
 * Sends a copy of a request elsewhere. Nobody waits for its answer.
 *
 * @param service another service than the route's own, or empty
 * @param version the version, or empty for any
 * @param percent the share of requests that is copied, 0 to 100, default 100
 */
public record RequestMirror(String service, String version, Double percent) {

	@SuppressWarnings({ "ConstantValue", "NullAway" })
	public RequestMirror {
		service = (service != null) ? service : "";
		version = (version != null) ? version : "";
		percent = (percent != null) ? Percent.require(percent) : 100.0;
		if (service.isEmpty() && version.isEmpty()) {
			throw new IllegalArgumentException("'requestMirror' must name a 'service' or a 'version'");
		}
	}

}
