package io.meshup.traffic;

import java.util.Map;

import io.meshup.traffic.request.InboundView;
import org.jspecify.annotations.Nullable;

/**
 * A request that arrives at the door.
 */
public record Arrival(String method, String path, Map<String, String> headers,
		@Nullable String remoteAddress) implements InboundView {

	public static Arrival of(String path, String... headers) {
		return new Arrival("GET", path, (headers.length == 0) ? Map.of() : Map.of(headers[0], headers[1]), "10.0.0.1");
	}

	public static Arrival from(String address) {
		return new Arrival("GET", "/", Map.of(), address);
	}

	@Override
	public @Nullable String header(String name) {
		return this.headers.get(name);
	}

}
