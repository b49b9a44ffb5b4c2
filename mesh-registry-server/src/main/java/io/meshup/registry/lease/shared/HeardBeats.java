package io.meshup.registry.lease.shared;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import io.meshup.model.ServiceName;
import io.meshup.model.beat.Beat;
import io.meshup.registry.lease.instance.LeaseKey;
import io.meshup.registry.lease.instance.ListedInstance;
import io.meshup.registry.lease.instance.Watcher;
import org.jspecify.annotations.Nullable;

/**
 * What instances said to other nodes in the last seconds, as those tell it: what a row
 * does not say. Thread-safe.
 */
public final class HeardBeats {

	private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(15);

	private final Map<LeaseKey, Heard> heard = new ConcurrentHashMap<>();

	private final LongSupplier nanoClock;

	private final InstantSource wallClock;

	public HeardBeats(LongSupplier nanoClock, InstantSource wallClock) {
		this.nanoClock = nanoClock;
		this.wallClock = wallClock;
	}

	/**
	 * Another node told of a beat.
	 * @param key the instance
	 * @param beat what it said
	 * @param watches the services that its line at that node is for, {@code null} when it
	 * has none there
	 */
	public void put(LeaseKey key, Beat beat, @Nullable Set<String> watches) {
		this.heard.put(key, new Heard(beat, watches, this.nanoClock.getAsLong(), this.wallClock.instant()));
	}

	/**
	 * A beat came to a node where the instance has no line, which says nothing of the
	 * line that it has.
	 * @param key the instance
	 * @param beat what it said
	 * @param age how long ago
	 * @return when that was
	 */
	Visits.Visit visited(LeaseKey key, Beat beat, Duration age) {
		long nanos = this.nanoClock.getAsLong() - age.toNanos();
		Instant at = this.wallClock.instant().minus(age);
		this.heard.compute(key, (same, before) -> new Heard(beat, (before != null) ? before.watches : null, nanos, at));
		return new Visits.Visit(key, beat, nanos, at);
	}

	long now() {
		return this.nanoClock.getAsLong();
	}

	/**
	 * Forgets what is too old to be true.
	 */
	public void forget() {
		long now = this.nanoClock.getAsLong();
		this.heard.values().removeIf((said) -> now - said.nanos >= KEPT_NANOS);
	}

	/**
	 * An instance of another node as operators see it.
	 * @param row what the log says
	 * @return with what it said in its last beat
	 */
	public ListedInstance listed(LeaseRow row) {
		Heard said = this.heard.get(row.key());
		if (said == null || !row.isOf(said.beat.incarnation())) {
			return row.listed();
		}
		return new ListedInstance(row.content().instance(), row.content().registeredAt(), said.at, said.beat.applied(),
				said.beat.busy(), said.beat.rejected());
	}

	/**
	 * The instances with a line at another node for a service.
	 * @param service the service
	 * @return in the order of their services and ids
	 */
	public List<Watcher> watchers(String service) {
		List<Watcher> found = new ArrayList<>();
		this.heard.forEach((key, said) -> {
			boolean isOwn = key.service().equals(service) && said.watches != null;
			if (isOwn || said.watches(service)) {
				found.add(new Watcher(key.service(), key.id(), said.beat.applied()));
			}
		});
		Collections.sort(found);
		return found;
	}

	/**
	 * What one instance said.
	 *
	 * @param beat its beat
	 * @param watches the services that its line at that node is for, {@code null} when it
	 * has none there
	 * @param nanos when this node heard of it
	 * @param at the same for people
	 */
	private record Heard(Beat beat, @Nullable Set<String> watches, long nanos, Instant at) {

		private boolean watches(String service) {
			return this.watches != null
					&& (this.watches.contains(service) || this.watches.contains(ServiceName.MESH_WIDE));
		}

	}

}
