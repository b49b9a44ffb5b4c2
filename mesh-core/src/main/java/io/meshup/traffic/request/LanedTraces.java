package io.meshup.traffic.request;

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
public final class LanedTraces {

	/** Which trace a request belongs to, as W3C has it. */
	public static final String HEADER = "traceparent";

	/** How many traces are remembered. */
	static final int MAX = 1024;

	private static final long KEPT_NANOS = Duration.ofMinutes(1).toNanos();

	private static final int ID_FROM = 3;

	private static final int ID_TO = 35;

	private final Map<String, Long> seen = new ConcurrentHashMap<>();

	private final Deque<String> order = new ArrayDeque<>();

	/**
	 * Notes the trace of a request that came in a lane.
	 * @param traceparent its header, if any
	 * @param now the present
	 */
	public void add(@Nullable String traceparent, long now) {
		String id = id(traceparent);
		if (id != null && this.seen.put(id, now) == null) {
			remember(id);
		}
	}

	/**
	 * Whether nothing is noted, which costs nothing to ask.
	 * @return {@code true} while no request came in a lane
	 */
	public boolean isEmpty() {
		return this.seen.isEmpty();
	}

	/**
	 * Whether a request of this trace came in a lane within the last minute.
	 * @param traceparent the header of a call, if any
	 * @param now the present
	 * @return {@code false} also for what is no trace
	 */
	public boolean contains(@Nullable String traceparent, long now) {
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
