package io.meshup.registry.watch.push;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import io.meshup.model.ServiceName;
import io.meshup.registry.lease.instance.Line;
import io.meshup.registry.watch.stream.WatchRequest;

/**
 * What the instances of each service watch, or did within the last hour, as far as their
 * lines are here: a new instance will call what its siblings call. Not thread-safe.
 */
final class Interests {

	/** A service of more interests is one of those that look at everything. */
	static final int MOST = 100;

	private static final long KEPT_NANOS = TimeUnit.HOURS.toNanos(1);

	private static final long SWEEP_NANOS = TimeUnit.MINUTES.toNanos(10);

	private final LongSupplier nanoClock;

	private final Map<String, Map<String, Interest>> byService = new HashMap<>();

	private long sweptAt;

	Interests(LongSupplier nanoClock) {
		this.nanoClock = nanoClock;
		this.sweptAt = nanoClock.getAsLong();
	}

	void add(WatchRequest request) {
		note(request, 1);
	}

	void remove(WatchRequest request) {
		note(request, -1);
	}

	/**
	 * What a new instance should watch.
	 * @param service its service
	 * @return names without its own, empty where nothing is known
	 */
	SortedSet<String> of(String service) {
		Map<String, Interest> interests = this.byService.getOrDefault(service, Map.of());
		long now = this.nanoClock.getAsLong();
		interests.values().removeIf((interest) -> interest.isOver(now));
		SortedSet<String> names = new TreeSet<>(interests.keySet());
		return (names.size() <= MOST) ? names : new TreeSet<>();
	}

	private void note(WatchRequest request, int more) {
		Line line = request.line();
		if (line == null || request.isAll()) {
			return;
		}
		String service = line.key().service();
		Set<String> watched = new HashSet<>(request.services());
		watched.removeAll(Set.of(service, ServiceName.MESH_WIDE));
		if (watched.isEmpty() || watched.size() > MOST) {
			return;
		}
		long now = this.nanoClock.getAsLong();
		Map<String, Interest> interests = this.byService.computeIfAbsent(service, (name) -> new HashMap<>());
		watched.forEach((other) -> interests.merge(other, new Interest(Math.max(0, more), now),
				(before, next) -> new Interest(Math.max(0, before.lines() + more), now)));
		if (interests.size() > MOST) {
			interests.values().removeIf((interest) -> interest.lines() == 0);
		}
		if (now - this.sweptAt > SWEEP_NANOS) {
			this.sweptAt = now;
			sweep(now);
		}
	}

	private void sweep(long now) {
		this.byService.values().removeIf((interests) -> {
			interests.values().removeIf((interest) -> interest.isOver(now));
			return interests.isEmpty();
		});
	}

	private record Interest(int lines, long atNanos) {

		boolean isOver(long now) {
			return this.lines == 0 && now - this.atNanos > KEPT_NANOS;
		}

	}

}
