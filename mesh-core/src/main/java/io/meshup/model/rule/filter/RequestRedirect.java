package io.meshup.model.rule.filter;

import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Answers a request with another address; nothing is sent.
 *
 * @param scheme {@code http} or {@code https}, or empty
 * @param hostname the other host, or empty: then the address is a path only
 * @param port the other port, or 0 for the scheme's own
 * @param path what becomes of the path, or {@code null} for the same; the query stays
 * @param statusCode 301, 302, 303, 307 or 308, default 302
 */
public record RequestRedirect(String scheme, String hostname, Integer port, @Nullable PathModifier path,
		Integer statusCode) {

	private static final Set<Integer> STATUSES = Set.of(301, 302, 303, 307, 308);

	@SuppressWarnings({ "ConstantValue", "NullAway" })
	public RequestRedirect {
		scheme = (scheme != null) ? scheme : "";
		hostname = (hostname != null) ? hostname : "";
		port = (port != null) ? port : 0;
		statusCode = (statusCode != null) ? statusCode : 302;
		if (!STATUSES.contains(statusCode)) {
			throw new IllegalArgumentException("'statusCode' must be 301, 302, 303, 307 or 308 but was " + statusCode);
		}
		if (hostname.isEmpty() && (path == null || !scheme.isEmpty() || port != 0)) {
			throw new IllegalArgumentException(
					"'requestRedirect' must have a 'path' or a 'hostname'; 'scheme' and 'port' go with a hostname");
		}
		if (port < 0 || port > 65_535) {
			throw new IllegalArgumentException("'port' must be between 1 and 65535 but was " + port);
		}
	}

}
