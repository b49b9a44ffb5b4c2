package io.meshup.spring.observe;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import io.meshup.traffic.AttemptResult;
import io.meshup.traffic.CallResult;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/**
 * The timers of one meter registry. Their number is bounded: what comes after the bound
 * is counted under one service name, {@code (other)}. Thread-safe.
 */
final class CallMeters {

	static final String CALLS = "mesh.client.calls";

	static final String ATTEMPTS = "mesh.client.attempts";

	static final int MAX_TIMERS = 2_000;

	private static final String OTHER = "(other)";

	private final MeterRegistry registry;

	private final Map<Key, Timer> timers = new ConcurrentHashMap<>();

	CallMeters(MeterRegistry registry) {
		this.registry = registry;
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

	private void record(Key key, long nanos) {
		Timer timer = this.timers.get(key);
		if (timer == null) {
			Key bounded = (this.timers.size() < MAX_TIMERS) ? key
					: new Key(key.name(), OTHER, OTHER, key.outcome(), key.status());
			timer = this.timers.computeIfAbsent(bounded, this::timer);
		}
		timer.record(nanos, TimeUnit.NANOSECONDS);
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
	 * What tells one timer from another.
	 */
	private record Key(String name, String service, String version, String outcome, String status) {
	}

}
