package io.meshup.registry.lease.shared;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

import io.meshup.model.InstanceStatus;
import io.meshup.model.beat.Beat;
import io.meshup.registry.lease.instance.LeaseKey;
import io.meshup.registry.lease.instance.OpenLines;
import io.meshup.registry.store.Nodes;
import org.jspecify.annotations.Nullable;

/**
 * Beats that came here although their instance is with another node, which lives: a proxy
 * brings them that spreads requests over the nodes. The lease stays where it is, and its
 * holder is told. Thread-safe.
 */
public final class Visits {

	private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(15);

	private static final int INTERVALS = 2;

	private final Map<LeaseKey, Visit> visits = new ConcurrentHashMap<>();

	private final Set<String> leaving = ConcurrentHashMap.newKeySet();

	private final SharedRows rows;

	private final OpenLines lines;

	private final Nodes nodes;

	private final HeardBeats heard;

	private final Queue<Visit> told = new ConcurrentLinkedQueue<>();

	public Visits(SharedRows rows, OpenLines lines, Nodes nodes, HeardBeats heard) {
		this.rows = rows;
		this.lines = lines;
		this.nodes = nodes;
		this.heard = heard;
	}

	/**
	 * Notes a beat of an instance that stays with its node: one that lives, does not
	 * leave and knows the same process to be alive, while there is no line here.
	 * @param key the instance
	 * @param beat what it said
	 * @return whether it stays; otherwise the lease is to be here
	 */
	public boolean note(LeaseKey key, Beat beat) {
		LeaseRow row = this.rows.findForeign(key);
		String process = beat.incarnation();
		boolean isElsewhere = row != null && !row.isSuspect() && row.isOf(process) && isThere(row.node())
				&& !this.lines.isHeldBy(key, process);
		if (isElsewhere) {
			this.visits.put(key, this.heard.visited(key, beat, Duration.ZERO));
		}
		else {
			this.visits.remove(key);
		}
		return isElsewhere;
	}

	private boolean isThere(String node) {
		return this.nodes.isConnected() && this.nodes.others().contains(node) && !this.leaving.contains(node);
	}

	/**
	 * A node says that its instances are to go to others.
	 * @param node the node
	 */
	public void leaves(String node) {
		this.leaving.add(node);
		this.leaving.retainAll(this.nodes.others());
	}

	/**
	 * Whether a beat is one of those.
	 * @param key the instance
	 * @param beat what it said last
	 * @return whether the holder is to hear of it
	 */
	public boolean isLast(LeaseKey key, Beat beat) {
		Visit last = this.visits.get(key);
		return last != null && last.beat.equals(beat);
	}

	/**
	 * Another node tells of such a beat, which may be for a lease that is here.
	 * @param key the instance
	 * @param beat what it said there
	 * @param age how long ago
	 */
	public void told(LeaseKey key, Beat beat, Duration age) {
		this.told.add(this.heard.visited(key, beat, age));
	}

	/**
	 * Takes what others have told.
	 * @return in its order
	 */
	public List<Visit> taken() {
		List<Visit> taken = new ArrayList<>();
		for (Visit visit = this.told.poll(); visit != null; visit = this.told.poll()) {
			taken.add(visit);
		}
		return taken;
	}

	/**
	 * What an instance of another node said here a moment ago.
	 * @param row what the log says of it
	 * @param intervalNanos how often it beats
	 * @return {@code null} when that is longer ago, or was another process
	 */
	public @Nullable Visit recent(LeaseRow row, long intervalNanos) {
		Visit last = this.visits.get(row.key());
		boolean isRecent = last != null && row.isOf(last.beat.incarnation())
				&& this.heard.now() - last.nanos < INTERVALS * intervalNanos;
		return isRecent ? last : null;
	}

	/**
	 * Since when an instance of another node is leaving by its own word, which that node
	 * may not have heard yet.
	 * @param row what the log says of it
	 * @param intervalNanos how often it beats
	 * @return {@code null} unless it is
	 */
	public @Nullable DrainMark drain(LeaseRow row, long intervalNanos) {
		Visit last = (row.drain() != null) ? null : recent(row, intervalNanos);
		if (last == null || last.beat.status() != InstanceStatus.DRAINING) {
			return row.drain();
		}
		return DrainMark.of(last.at, DrainMark.UNPUBLISHED);
	}

	/**
	 * Forgets what is too old to be true.
	 */
	public void forget() {
		long now = this.heard.now();
		this.visits.values().removeIf((visit) -> now - visit.nanos >= KEPT_NANOS);
	}

	/**
	 * One beat.
	 *
	 * @param key the instance
	 * @param beat what it said
	 * @param nanos when
	 * @param at the same for people
	 */
	public record Visit(LeaseKey key, Beat beat, long nanos, Instant at) {
	}

}
