package io.meshup.traffic.request;

import java.time.Duration;
import java.util.Map;

import io.meshup.model.Instance;
import org.jspecify.annotations.Nullable;

/**
 * Whom calls to one instance are meant for. Keeps what the last of them was told in
 * headers, because the next one is mostly told the same. Thread-safe.
 */
public final class Callee {

	private static final int NANOS_PER_MILLI = 1_000_000;

	private final String target;

	private volatile @Nullable Told last;

	/**
	 * Makes a callee.
	 * @param target whom the instance is to be; empty when it may be called otherwise by
	 * itself
	 */
	public Callee(String target) {
		this.target = target;
	}

	public static Callee of(String service, Instance instance) {
		return new Callee(service + '@' + instance.authority());
	}

	/**
	 * What each call says.
	 * @param source who calls
	 * @param limit how long the instance is waited for; zero for no limit
	 * @return unmodifiable, for any number of calls
	 */
	public Map<String, String> headers(String source, Duration limit) {
		Told told = this.last;
		if (told != null && told.limit.equals(limit) && told.source.equals(source)) {
			return told.headers;
		}
		Map<String, String> headers = MeshHeaders.ofCallee(source, this.target, limit);
		if (isOfRule(limit)) {
			this.last = new Told(source, limit, headers);
		}
		return headers;
	}

	// Rules know milliseconds. What is left of a limit is never the same again.
	static boolean isOfRule(Duration limit) {
		return limit.getNano() % NANOS_PER_MILLI == 0;
	}

	private record Told(String source, Duration limit, Map<String, String> headers) {
	}

}
