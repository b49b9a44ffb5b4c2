package io.meshup.gateway.exchange;

/**
 * A path of the gateway, taken apart. {@code /inventory/items/1} is {@code /items/1} of
 * the service {@code inventory}.
 *
 * @param service the first segment
 * @param rest the raw path that the service sees, at least {@code /}
 */
public record ServicePath(String service, String rest) {

	/**
	 * Takes a path apart.
	 * @param path the raw path
	 * @return its parts; the service is empty where there is none
	 */
	public static ServicePath of(String path) {
		int start = path.startsWith("/") ? 1 : 0;
		int end = path.indexOf('/', start);
		return (end < 0) ? new ServicePath(path.substring(start), "/")
				: new ServicePath(path.substring(start, end), path.substring(end));
	}

	/**
	 * What was taken off.
	 * @return the service with its slash
	 */
	public String prefix() {
		return "/" + this.service;
	}

}
