package io.meshup.spring.contract;

import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * A request that a test wants a client to make.
 *
 * @param method its method
 * @param url its URL
 * @param headers its headers
 * @param body its body in memory, or {@code null}
 * @param stream its body as a stream, or {@code null}
 */
record Ask(String method, String url, Map<String, String> headers, byte @Nullable [] body,
		@Nullable Supplier<InputStream> stream) {

	static Ask get(String url) {
		return new Ask("GET", url, Map.of(), null, null);
	}

	static Ask post(String url) {
		return new Ask("POST", url, Map.of(), "hello".getBytes(), null);
	}

	static Ask put(String url) {
		return new Ask("PUT", url, Map.of(), "hello".getBytes(), null);
	}

	static Ask upload(String url, Supplier<InputStream> stream) {
		return new Ask("PUT", url, Map.of(), null, stream);
	}

	Ask with(String name, String value) {
		Map<String, String> headers = new LinkedHashMap<>(this.headers);
		headers.put(name, value);
		return new Ask(this.method, this.url, headers, this.body, this.stream);
	}

}
