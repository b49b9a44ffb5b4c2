package io.meshup.registry.lease.shared;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

import io.meshup.model.InstanceStatus;
import io.meshup.registry.lease.instance.LeaseKey;
import io.meshup.registry.store.SharedLease;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rows of all nodes, as the log has them: the same rows in the same order give the
 * same state on every node. Changed by the thread of the change feed, read by any.
 */
public final class SharedRows {

	private static final Logger logger = LoggerFactory.getLogger(SharedRows.class);

	private final Map<String, Map<String, LeaseRow>> services = new ConcurrentHashMap<>();

	private final String self;

	private final AtomicInteger foreign = new AtomicInteger();

	public SharedRows(String self) {
		this.self = self;
	}

	public String self() {
		return this.self;
	}

	/**
	 * Takes all rows as they are, whatever was there before.
	 * @param rows every instance's last row
	 * @param revision the revision at which they are known
	 */
	public void reset(Collection<SharedLease> rows, long revision) {
		Map<String, Map<String, LeaseRow>> loaded = new ConcurrentHashMap<>();
		for (SharedLease shared : rows) {
			LeaseRow row = read(shared);
			if (row != null && !row.isGone()) {
				DrainMark mark = mark(find(row.key()), row, revision);
				loaded.computeIfAbsent(shared.service(), (name) -> new ConcurrentSkipListMap<>())
					.put(shared.id(), row.withDrain(mark));
			}
		}
		this.services.keySet().retainAll(loaded.keySet());
		this.services.putAll(loaded);
		this.foreign.set((int) all().stream().filter(this::isForeign).count());
	}

	/**
	 * Applies a row of the log.
	 * @param shared the row
	 * @param revision the revision that shows it
	 * @return what it did, or {@code null} when it cannot be read
	 */
	public @Nullable Outcome apply(SharedLease shared, long revision) {
		LeaseRow row = read(shared);
		if (row == null) {
			return null;
		}
		LeaseRow present = find(row.key());
		if (!shared.follows((present != null) ? present.holder().toString() : null)) {
			return new Outcome(row, false);
		}
		this.foreign.addAndGet(weight(row) - weight(present));
		if (row.isGone()) {
			this.services.computeIfPresent(shared.service(), (name, rows) -> {
				rows.remove(shared.id());
				return rows.isEmpty() ? null : rows;
			});
		}
		else {
			this.services.computeIfAbsent(shared.service(), (name) -> new ConcurrentSkipListMap<>())
				.put(shared.id(), row.withDrain(mark(present, row, revision)));
		}
		return new Outcome(row, true);
	}

	public @Nullable LeaseRow find(LeaseKey key) {
		return of(key.service()).get(key.id());
	}

	/**
	 * The row of another node.
	 * @param key the instance
	 * @return {@code null} when there is none or it is this node's
	 */
	public @Nullable LeaseRow findForeign(LeaseKey key) {
		LeaseRow row = find(key);
		return (row != null && isForeign(row)) ? row : null;
	}

	public List<LeaseRow> foreign(String service) {
		return (foreignCount() == 0) ? List.of() : of(service).values().stream().filter(this::isForeign).toList();
	}

	public Map<String, Integer> heldByNode() {
		Map<String, Integer> held = new TreeMap<>();
		all().forEach((row) -> held.merge(row.node(), 1, Integer::sum));
		return held;
	}

	/**
	 * The services of which other nodes hold an instance.
	 * @return their names, a copy
	 */
	public Set<String> foreignServices() {
		Set<String> names = new TreeSet<>();
		this.services.forEach((name, rows) -> {
			if (rows.values().stream().anyMatch(this::isForeign)) {
				names.add(name);
			}
		});
		return names;
	}

	public List<LeaseRow> all() {
		return this.services.values().stream().flatMap((rows) -> rows.values().stream()).toList();
	}

	/**
	 * How many instances other nodes hold.
	 * @return at least 0
	 */
	public int foreignCount() {
		return this.foreign.get();
	}

	public boolean isForeign(LeaseRow row) {
		return !row.node().equals(this.self);
	}

	private Map<String, LeaseRow> of(String service) {
		return this.services.getOrDefault(service, Map.of());
	}

	private int weight(@Nullable LeaseRow row) {
		return (row != null && !row.isGone() && isForeign(row)) ? 1 : 0;
	}

	private static @Nullable DrainMark mark(@Nullable LeaseRow before, LeaseRow row, long revision) {
		if (row.content().instance().status() != InstanceStatus.DRAINING || row.content().drainSince() == null) {
			return null;
		}
		Instant since = row.content().drainSince();
		if (before != null && before.drain() != null && since.equals(before.content().drainSince())) {
			return before.drain();
		}
		return new DrainMark(since, 0, revision);
	}

	private static @Nullable LeaseRow read(SharedLease shared) {
		try {
			return LeaseRow.of(shared);
		}
		catch (IllegalArgumentException ex) {
			logger.warn("A row of another node cannot be read and counts for nothing, is it a much newer one? {}",
					shared, ex);
			return null;
		}
	}

	/**
	 * What became of a row.
	 *
	 * @param row the row
	 * @param isAccepted whether it counts
	 */
	public record Outcome(LeaseRow row, boolean isAccepted) {
	}

}
