package io.meshup.spring.blocking.feign;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.meshup.route.filter.HeaderTarget;
import io.meshup.traffic.request.ResponseHead;
import org.jspecify.annotations.Nullable;

/**
 * A changeable copy of OpenFeign's headers, whose names are compared in any case.
 */
final class FeignHeaders implements HeaderTarget, ResponseHead {

	private final Map<String, Collection<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

	FeignHeaders(Map<String, Collection<String>> headers) {
		headers.forEach((name, values) -> this.fields.computeIfAbsent(name, (key) -> new ArrayList<>()).addAll(values));
	}

	Map<String, Collection<String>> fields() {
		return this.fields;
	}

	@Override
	public void set(String name, String value) {
		this.fields.put(name, new ArrayList<>(List.of(value)));
	}

	@Override
	public void add(String name, String value) {
		this.fields.computeIfAbsent(name, (key) -> new ArrayList<>()).add(value);
	}

	@Override
	public void remove(String name) {
		this.fields.remove(name);
	}

	@Override
	public @Nullable String header(String name) {
		Collection<String> values = this.fields.get(name);
		return (values != null) ? values.stream().findFirst().orElse(null) : null;
	}

	@Override
	public Map<String, String> headers() {
		Map<String, String> joined = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		this.fields.forEach((name, values) -> joined.put(name, String.join(", ", values)));
		return joined;
	}

}
