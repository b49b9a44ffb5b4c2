package io.meshup.spring.contract;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * What a client got.
 *
 * @param status the status
 * @param headers first value of each header; names in any case
 * @param body the body as text
 */
record Answer(int status, Map<String, String> headers, String body) {

	static Answer of(int status, Consumer<BiConsumer<String, String>> headers, byte @Nullable [] body) {
		Map<String, String> first = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		headers.accept(first::putIfAbsent);
		return new Answer(status, first, (body != null) ? new String(body) : "");
	}

}
