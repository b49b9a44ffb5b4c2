package io.meshup.gateway.exchange;

import org.springframework.http.server.RequestPath;

/**
 * A path of the gateway, taken apart. {@code /inventory/items/1} is {@code /items/1} of
 * the service {@code inventory}.
 *
 * @param base what comes before, where the gateway has a base path, else empty
 * @param service the first segment after that
 * @param rest the raw path that the service sees, at least {@code /}
 */
public record ServicePath(String base, String service, String rest) {

	/**
	 * Takes a path apart.
	 * @param whole the raw path
	 * @return its parts; the service is empty where there is none
	 */
	public static ServicePath of(RequestPath whole) {
		String base = whole.contextPath().value();
		String path = whole.pathWithinApplication().value();
		int start = path.startsWith("/") ? 1 : 0;
		int end = path.indexOf('/', start);
		return (end < 0) ? new ServicePath(base, path.substring(start), "/")
				: new ServicePath(base, path.substring(start, end), path.substring(end));
	}

	/**
	 * What was taken off.
	 * @return the base path, and the service with its slash
	 */
	public String prefix() {
		return this.base + "/" + this.service;
	}

}
