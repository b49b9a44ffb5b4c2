package io.meshup.spring.observe;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import io.meshup.traffic.event.AttemptResult;
import io.meshup.traffic.event.CallResult;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/**
 * The timers of one meter registry. Their number is bounded: at the bound those that were
 * not used for an hour go, as of versions that are no more; what is new then and finds no
 * place is counted under one service name, {@code (other)}. Thread-safe.
 */
final class CallMeters {

	static final String CALLS = "mesh.client.calls";

	static final String ATTEMPTS = "mesh.client.attempts";

	static final String REJECTED = "mesh.server.rejected";

	static final int MAX_TIMERS = 2_000;

	private static final String OTHER = "(other)";

	static final Duration IDLE = Duration.ofHours(1);

	private static final Duration PACE = Duration.ofMinutes(1);

	private final MeterRegistry registry;

	private final LongSupplier nanoTime;

	private final Map<Key, Used> timers = new ConcurrentHashMap<>();

	private final Map<String, Counter> rejected = new ConcurrentHashMap<>();

	private long sweptAt;

	CallMeters(MeterRegistry registry) {
		this(registry, System::nanoTime);
	}

	CallMeters(MeterRegistry registry, LongSupplier nanoTime) {
		this.registry = registry;
		this.nanoTime = nanoTime;
		this.sweptAt = nanoTime.getAsLong();
	}

	void record(CallResult result) {
		record(new Key(CALLS, result.service(), orNone(result.version()), result.outcome(),
				statusClass(result.status())), result.nanos());
	}

	void record(AttemptResult result) {
		String outcome = (result.failure() != null) ? result.failure().name().toLowerCase(Locale.ROOT) : "answered";
		record(new Key(ATTEMPTS, result.service(), orNone(result.version()), outcome, statusClass(result.status())),
				result.nanos());
	}

	/**
	 * Counts a request that was refused at the door.
	 * @param reason one of a few words of the engine's own
	 */
	void refused(String reason) {
		this.rejected.computeIfAbsent(reason, this::counter).increment();
	}

	private Counter counter(String reason) {
		return Counter.builder(REJECTED)
			.description("Requests that were refused at the door of this service")
			.tag("reason", reason)
			.register(this.registry);
	}

	private void record(Key key, long nanos) {
		long now = this.nanoTime.getAsLong();
		Used timer = this.timers.get(key);
		if (timer == null) {
			timer = this.timers.computeIfAbsent(bounded(key, now), (made) -> new Used(timer(made), now));
		}
		timer.usedAt = now;
		timer.timer.record(nanos, TimeUnit.NANOSECONDS);
	}

	private Key bounded(Key key, long now) {
		if (this.timers.size() >= MAX_TIMERS) {
			sweep(now);
		}
		return (this.timers.size() < MAX_TIMERS) ? key : new Key(key.name(), OTHER, OTHER, key.outcome(), key.status());
	}

	private synchronized void sweep(long now) {
		if (now - this.sweptAt < PACE.toNanos()) {
			return;
		}
		this.sweptAt = now;
		this.timers.values().removeIf((used) -> {
			boolean idle = now - used.usedAt >= IDLE.toNanos();
			if (idle) {
				this.registry.remove(used.timer);
			}
			return idle;
		});
	}

	private Timer timer(Key key) {
		return Timer.builder(key.name())
			.description(key.name().equals(CALLS) ? "Calls through the mesh with all their attempts"
					: "Single attempts of calls through the mesh")
			.tag("service", key.service())
			.tag("version", key.version())
			.tag("outcome", key.outcome())
			.tag("status", key.status())
			.register(this.registry);
	}

	private static String statusClass(int status) {
		return (status < 100 || status > 599) ? "none" : status / 100 + "xx";
	}

	private static String orNone(String version) {
		return version.isEmpty() ? "none" : version;
	}

	/**
	 * A timer and when it was last used.
	 */
	private static final class Used {

		private final Timer timer;

		private volatile long usedAt;

		private Used(Timer timer, long usedAt) {
			this.timer = timer;
			this.usedAt = usedAt;
		}

	}

	/**
	 * What tells one timer from another.
	 */
	private record Key(String name, String service, String version, String outcome, String status) {
	}

}
