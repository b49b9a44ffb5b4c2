package io.meshup.traffic;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * The traces whose requests came in a lane lately. A call of such a trace that carries no
 * lane has lost it. Bounded; thread-safe.
 */
final class LanedTraces {

	static final String HEADER = "traceparent";

	static final int MAX = 1024;

	private static final long KEPT_NANOS = Duration.ofMinutes(1).toNanos();

	private static final int ID_FROM = 3;

	private static final int ID_TO = 35;

	private final Map<String, Long> seen = new ConcurrentHashMap<>();

	private final Deque<String> order = new ArrayDeque<>();

	void add(@Nullable String traceparent, long now) {
		String id = id(traceparent);
		if (id != null && this.seen.put(id, now) == null) {
			remember(id);
		}
	}

	// Costs nothing while no request came in a lane.
	boolean isEmpty() {
		return this.seen.isEmpty();
	}

	boolean contains(@Nullable String traceparent, long now) {
		String id = id(traceparent);
		Long at = (id != null) ? this.seen.get(id) : null;
		return at != null && now - at <= KEPT_NANOS;
	}

	private synchronized void remember(String id) {
		this.order.add(id);
		if (this.order.size() > MAX) {
			this.seen.remove(this.order.remove());
		}
	}

	private static @Nullable String id(@Nullable String traceparent) {
		return (traceparent != null && traceparent.length() > ID_TO) ? traceparent.substring(ID_FROM, ID_TO) : null;
	}

}
