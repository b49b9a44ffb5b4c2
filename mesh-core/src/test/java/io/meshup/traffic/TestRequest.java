package io.meshup.traffic;

import java.util.Map;
import java.util.stream.Collectors;

import io.meshup.traffic.request.RequestView;
import org.jspecify.annotations.Nullable;

/**
 * A request as a test writes it down.
 *
 * @param method the method
 * @param path the path
 * @param headers headers, names in lower case
 * @param query query parameters
 * @param remoteAddress the caller's address
 * @param isReplayable whether the body can be sent twice
 */
public record TestRequest(String method, String path, Map<String, String> headers, Map<String, String> query,
		@Nullable String remoteAddress, boolean isReplayable) implements RequestView {

	public static TestRequest get(String path) {
		return new TestRequest("GET", path, Map.of(), Map.of(), null, true);
	}

	public static TestRequest post(String path) {
		return new TestRequest("POST", path, Map.of(), Map.of(), null, true);
	}

	public TestRequest header(String name, String value) {
		return new TestRequest(this.method, this.path, Map.of(name, value), this.query, this.remoteAddress,
				this.isReplayable);
	}

	public TestRequest query(String name, String value) {
		return new TestRequest(this.method, this.path, this.headers, Map.of(name, value), this.remoteAddress,
				this.isReplayable);
	}

	public TestRequest from(String address) {
		return new TestRequest(this.method, this.path, this.headers, this.query, address, this.isReplayable);
	}

	public TestRequest once() {
		return new TestRequest(this.method, this.path, this.headers, this.query, this.remoteAddress, false);
	}

	@Override
	public @Nullable String rawQuery() {
		return this.query.isEmpty() ? null
				: this.query.entrySet().stream().map(Object::toString).collect(Collectors.joining("&"));
	}

	@Override
	public @Nullable String queryParam(String name) {
		return this.query.get(name);
	}

	@Override
	public @Nullable String header(String name) {
		return this.headers.get(name);
	}

}
