package io.meshup.control.watch;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.meshup.control.link.Timing;
import io.meshup.model.Instance;
import io.meshup.model.InstanceStatus;
import io.meshup.model.ServiceSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * Tells which snapshots a draining instance is waiting for: those in which it is new, and
 * for a short while all that follow of the same service, because the revision that is to
 * be confirmed may be a later one. Not thread-safe.
 */
final class DrainNews {

	/**
	 * For so long an instance waits for its callers by default.
	 */
	static final Duration WAIT = Duration.ofSeconds(5);

	private final Timing timing;

	private final Map<String, Long> begun = new HashMap<>();

	DrainNews(Timing timing) {
		this.timing = timing;
	}

	boolean isAwaited(@Nullable ServiceSnapshot old, ServiceSnapshot next) {
		Set<String> draining = draining(next);
		if (draining.isEmpty()) {
			this.begun.remove(next.service());
			return false;
		}
		if (old == null || !draining(old).containsAll(draining)) {
			this.begun.put(next.service(), this.timing.now());
			return true;
		}
		Long since = this.begun.get(next.service());
		return since != null && this.timing.since(since).compareTo(WAIT) < 0;
	}

	private static Set<String> draining(ServiceSnapshot snapshot) {
		return snapshot.instances()
			.stream()
			.filter((instance) -> instance.status() == InstanceStatus.DRAINING)
			.map(Instance::id)
			.collect(Collectors.toSet());
	}

}
