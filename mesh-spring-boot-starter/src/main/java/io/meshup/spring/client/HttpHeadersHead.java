package io.meshup.spring.client;

import java.util.Map;
import java.util.TreeMap;

import io.meshup.traffic.request.ResponseHead;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * The head of a response as Spring's clients have it.
 *
 * @param fields its headers
 */
public record HttpHeadersHead(HttpHeaders fields) implements ResponseHead {

	@Override
	public @Nullable String header(String name) {
		return this.fields.getFirst(name);
	}

	@Override
	public Map<String, String> headers() {
		Map<String, String> joined = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		this.fields.forEach((name, values) -> joined.put(name, String.join(", ", values)));
		return joined;
	}

}
