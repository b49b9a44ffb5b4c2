package io.meshup.cache;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The head of a response, without what belongs to a connection or a hop. Immutable.
 *
 * @param status its status
 * @param headers its headers, names in any case
 */
record Head(int status, Map<String, String> headers) {

	private static final Set<String> OF_THE_HOP = Set.of("connection", "keep-alive", "proxy-authenticate",
			"proxy-authorization", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade",
			"content-length", "age");

	private static final Set<String> OF_THE_BODY = Set.of("content-encoding", "content-type", "content-range");

	private static final String OF_THE_MESH = "x-mesh-";

	Head(int status, Map<String, String> headers) {
		this.status = status;
		Map<String, String> kept = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		headers.forEach((name, value) -> {
			if (!OF_THE_HOP.contains(lower(name)) && !lower(name).startsWith(OF_THE_MESH)) {
				kept.put(name, value);
			}
		});
		this.headers = Collections.unmodifiableMap(kept);
	}

	// What a 304 says holds from now on (RFC 9111, section 3.2).
	Head updated(Map<String, String> news) {
		Map<String, String> merged = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		merged.putAll(this.headers);
		news.forEach((name, value) -> {
			if (!OF_THE_BODY.contains(lower(name))) {
				merged.put(name, value);
			}
		});
		return new Head(this.status, merged);
	}

	int size() {
		int size = 0;
		for (Map.Entry<String, String> header : this.headers.entrySet()) {
			size += header.getKey().length() + header.getValue().length();
		}
		return size;
	}

	private static String lower(String name) {
		return name.toLowerCase(Locale.ROOT);
	}

}
