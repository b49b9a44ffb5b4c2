package io.meshup.gateway.routing;

/**
 * A path of the gateway, taken apart. {@code /inventory/items/1} is {@code /items/1} of
 * the service {@code inventory}.
 *
 * @param service the first segment
 * @param rest the raw path that the service sees, at least {@code /}
 */
record ServicePath(String service, String rest) {

	static ServicePath of(String path) {
		int start = path.startsWith("/") ? 1 : 0;
		int end = path.indexOf('/', start);
		return (end < 0) ? new ServicePath(path.substring(start), "/")
				: new ServicePath(path.substring(start, end), path.substring(end));
	}

	String prefix() {
		return "/" + this.service;
	}

}
