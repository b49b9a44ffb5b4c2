package io.meshup.registry.lease.table;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;

import io.meshup.model.Instance;
import io.meshup.model.InstanceStatus;
import io.meshup.model.beat.Beat;
import io.meshup.registry.lease.instance.LeaseKey;
import io.meshup.registry.lease.instance.Line;
import io.meshup.registry.lease.instance.ListedInstance;
import io.meshup.registry.lease.instance.OpenLines;
import io.meshup.registry.lease.shared.DrainMark;
import io.meshup.registry.lease.shared.HeardBeats;
import io.meshup.registry.lease.shared.LeaseRow;
import io.meshup.registry.lease.shared.Publication;
import io.meshup.registry.lease.shared.SharedRows;
import io.meshup.registry.lease.shared.Visits;
import io.meshup.registry.store.Nodes;
import io.meshup.registry.store.ServiceChanged;
import io.meshup.registry.store.SharedLease;
import org.jspecify.annotations.Nullable;

/**
 * All leases and their rules, in plain Java. One thread changes it; any thread may read
 * what is listed. Each visible change is told before the method returns. The leases of
 * this node are here, those of others are rows of the log that all nodes share.
 */
public final class LeaseTable {

	private final OwnLeases own = new OwnLeases();

	private final OpenLines lines = new OpenLines();

	private final SharedRows rows;

	private final HeardBeats heard;

	private final Visits visits;

	private final Takeovers takeovers;

	private final Owners owners;

	private final Nodes nodes;

	private final LongSupplier nanoClock;

	private final InstantSource wallClock;

	private final Publication publication;

	private final long startNanos;

	private long tickNanos;

	private long graceUntilNanos;

	private boolean hadOthers;

	private volatile boolean isPartial = true;

	private volatile boolean isHandingOver;

	public LeaseTable(LongSupplier nanoClock, InstantSource wallClock, Publication publication, Nodes nodes) {
		this.nanoClock = nanoClock;
		this.wallClock = wallClock;
		this.publication = publication;
		this.nodes = nodes;
		this.rows = new SharedRows(nodes.self());
		this.heard = new HeardBeats(nanoClock, wallClock);
		this.visits = new Visits(this.rows, this.lines, nodes, this.heard);
		this.takeovers = new Takeovers(new Takeovers.Views(this.own, this.rows, this.visits), nodes, publication);
		this.owners = new Owners(this.own, this.rows);
		this.startNanos = nanoClock.getAsLong();
		this.tickNanos = this.startNanos;
		this.graceUntilNanos = this.startNanos;
	}

	/**
	 * Registers or renews.
	 * @param key which instance
	 * @param beat what it says
	 * @return the nanoseconds until the next beat is due
	 * @throws LeaseConflict when another process that is alive holds the id
	 */
	public long beat(LeaseKey key, Beat beat) {
		this.owners.require(key, beat.incarnation());
		Lease lease = this.own.find(key);
		if (lease == null && this.visits.note(key, beat)) {
			return LeaseTimes.beatNanos(size());
		}
		Instance before = (lease != null) ? lease.listed().instance() : null;
		long interval = LeaseTimes.beatNanos(size() + ((before != null) ? 0 : 1));
		if (lease == null) {
			LeaseRow elsewhere = this.rows.findForeign(key);
			lease = (elsewhere != null) ? new Lease(elsewhere, interval)
					: new Lease(key, beat, this.wallClock.instant());
		}
		lease.renew(beat, this.nanoClock.getAsLong(), interval, this.wallClock.instant());
		if (before == null) {
			this.own.add(lease);
		}
		if (!tell(lease, before) && this.nodes.isConnected() && this.rows.findForeign(key) != null) {
			// The claim came to nothing, or is only on its way: it counts once.
			share(lease);
		}
		return interval;
	}

	/**
	 * Ends a lease at once.
	 * @param key which instance
	 * @param incarnation who asks, empty for whoever owns it
	 * @return whether it was listed
	 * @throws LeaseConflict when another process that is alive holds the id
	 */
	public boolean leave(LeaseKey key, String incarnation) {
		if (!incarnation.isEmpty() && incarnation(key) != null) {
			this.owners.require(key, incarnation);
		}
		Lease lease = this.own.find(key);
		LeaseRow elsewhere = this.rows.findForeign(key);
		if (lease != null) {
			this.own.remove(lease, this.isPartial);
			this.publication.share(lease.lastRow(this.rows.self(), true));
		}
		else if (elsewhere != null) {
			this.publication.share(new Lease(elsewhere, 0).lastRow(this.rows.self(), true));
		}
		else {
			leaveUnseen(key);
			return false;
		}
		return true;
	}

	/**
	 * Counts a line.
	 * @param line a new line
	 * @throws LeaseConflict when another process that is alive holds the id
	 */
	public void open(Line line) {
		this.owners.require(line);
		this.lines.add(line);
		Lease lease = this.own.find(line.key());
		LeaseRow elsewhere = (lease != null) ? null : this.rows.findForeign(line.key());
		if (lease != null && line.isOf(lease.incarnation())) {
			changeVisibly(lease, () -> lease.lineOpened(this.nanoClock.getAsLong()));
		}
		else if (elsewhere != null && line.isOf(elsewhere.content().incarnation())) {
			Lease claimed = new Lease(elsewhere, LeaseTimes.beatNanos(size()));
			claimed.lineOpened(this.nanoClock.getAsLong());
			this.own.add(claimed);
			tell(claimed, null);
		}
	}

	/**
	 * A line broke or was ended.
	 * @param line one that was opened; closing it again does nothing
	 */
	public void close(Line line) {
		if (!this.lines.remove(line) || isFrozen()) {
			return;
		}
		Lease lease = this.own.find(line.key());
		if (lease != null && line.isOf(lease.incarnation()) && !this.lines.isHeldBy(line.key(), lease.incarnation())) {
			changeVisibly(lease, () -> lease.lineBroke(this.nanoClock.getAsLong()));
		}
	}

	/**
	 * Lets time take its course; called each {@link LeaseTimes#TICK_NANOS}.
	 */
	public void tick() {
		long now = this.nanoClock.getAsLong();
		if (now - this.tickNanos > LeaseTimes.TICK_NANOS + LeaseTimes.PAUSE_NANOS || isFrozen()) {
			this.graceUntilNanos = now + LeaseTimes.leaseNanos(LeaseTimes.beatNanos(size()));
		}
		this.tickNanos = now;
		this.visits.taken().forEach(this::visited);
		if (this.nodes.isConnected()) {
			this.hadOthers = !this.nodes.others().isEmpty();
		}
		if (this.isPartial && now - this.startNanos >= LeaseTimes.PARTIAL_NANOS) {
			knowsAll();
		}
		this.own.stretch(LeaseTimes.beatNanos(size()));
		if (now - this.graceUntilNanos >= 0) {
			this.takeovers.takeOver(moment(now));
			this.own.services().forEach((service) -> expire(service, now));
		}
	}

	/**
	 * Rows that were shared are published; called on the thread of the change feed,
	 * before the watchers hear of it.
	 * @param change the service with its revision and rows
	 * @return what is left to do, on the table's thread
	 */
	public List<SharedRows.Outcome> publish(ServiceChanged change) {
		List<SharedRows.Outcome> outcomes = new ArrayList<>();
		for (SharedLease row : change.rows()) {
			SharedRows.Outcome outcome = this.rows.apply(row, change.revision());
			if (outcome != null) {
				outcomes.add(outcome);
			}
		}
		return outcomes;
	}

	public void published(List<SharedRows.Outcome> outcomes) {
		long now = this.nanoClock.getAsLong();
		outcomes.forEach((outcome) -> this.takeovers.follow(outcome, now));
	}

	/**
	 * The rows of all nodes were loaded; called on the thread of the change feed.
	 * @param loaded the rows
	 * @param revision at which they are known
	 */
	public void load(List<SharedLease> loaded, long revision) {
		this.rows.reset(loaded, revision);
	}

	public void loaded() {
		this.takeovers.followAll(moment(this.nanoClock.getAsLong()));
	}

	public void nodeLost(String node) {
		this.takeovers.nodeLost(node, this.nanoClock.getAsLong());
	}

	/**
	 * A missing instance is a missing one from now on.
	 */
	public void knowsAll() {
		this.isPartial = false;
		this.own.forgetGone();
	}

	/**
	 * This node stops and its instances go to others: lines that end say nothing of the
	 * instances any more.
	 */
	public void handOver() {
		this.isHandingOver = !this.nodes.others().isEmpty();
	}

	/**
	 * How many instances are listed.
	 * @return those of all nodes
	 */
	public int size() {
		return this.own.size() + this.rows.foreignCount();
	}

	public int ownSize() {
		return this.own.size();
	}

	/**
	 * Whether the lease of an instance is here.
	 * @param key the instance
	 * @return {@code false} when another node has it or nobody knows it
	 */
	boolean holds(LeaseKey key) {
		return this.own.find(key) != null;
	}

	public int lines() {
		return this.lines.count();
	}

	public boolean isPartial() {
		return this.isPartial;
	}

	/**
	 * Whether the others go on without this node, so that silence here says nothing.
	 * @return {@code true} while it is cut off from them or hands over to them
	 */
	public boolean isFrozen() {
		return this.isHandingOver || (this.hadOthers && !this.nodes.isConnected());
	}

	public List<String> services() {
		Set<String> names = new TreeSet<>(this.rows.foreignServices());
		this.own.services()
			.stream()
			.filter((service) -> !service.isEmpty())
			.map(ServiceLeases::name)
			.forEach(names::add);
		return List.copyOf(names);
	}

	public List<ListedInstance> instances(String service) {
		List<ListedInstance> here = this.own.listed(service);
		List<LeaseRow> elsewhere = this.rows.foreign(service);
		if (elsewhere.isEmpty()) {
			return here;
		}
		Map<String, ListedInstance> all = new TreeMap<>();
		elsewhere.forEach((row) -> all.put(row.key().id(), this.heard.listed(row)));
		here.forEach((listed) -> all.put(listed.instance().id(), listed));
		return List.copyOf(all.values());
	}

	public Collection<String> gone(String service) {
		return this.own.gone(service);
	}

	/**
	 * Since when callers can know that an instance is leaving by its own word.
	 * @param key the instance
	 * @return {@code null} unless it is
	 */
	public @Nullable DrainMark drain(LeaseKey key) {
		Lease lease = this.own.find(key);
		LeaseRow row = this.rows.find(key);
		if (lease == null) {
			return (row != null && this.rows.isForeign(row)) ? this.visits.drain(row, LeaseTimes.beatNanos(size()))
					: null;
		}
		Instant since = lease.drainSince();
		if (since == null) {
			return null;
		}
		if (row != null && row.drain() != null && since.equals(row.content().drainSince())) {
			return row.drain();
		}
		return new DrainMark(since, DrainMark.UNPUBLISHED, DrainMark.UNPUBLISHED);
	}

	public Optional<ListedInstance> find(String service, String id) {
		LeaseKey key = new LeaseKey(service, id);
		Lease lease = this.own.find(key);
		return (lease != null) ? Optional.of(lease.listed())
				: Optional.ofNullable(this.rows.findForeign(key)).map(this.heard::listed);
	}

	/**
	 * The instances that drain by their own word, at any node, as far as callers know.
	 * @return a copy
	 */
	public List<LeaseKey> draining() {
		return this.rows.all().stream().filter((row) -> row.drain() != null).map(LeaseRow::key).toList();
	}

	public Map<String, Integer> heldByNode() {
		return this.rows.heldByNode();
	}

	public HeardBeats heard() {
		return this.heard;
	}

	/**
	 * The beats that came to a node other than that of the lease.
	 * @return those that came here, and those that others told
	 */
	public Visits visits() {
		return this.visits;
	}

	/**
	 * The lines that end here.
	 * @return the lines, changed by this table
	 */
	public OpenLines openLines() {
		return this.lines;
	}

	/**
	 * The process that holds an id, alive or not.
	 * @param key the instance
	 * @return {@code null} when it is unknown
	 */
	public @Nullable String incarnation(LeaseKey key) {
		return this.owners.incarnation(key);
	}

	/**
	 * An instance that leaves before this registry has heard of it: callers that know it
	 * from before the start keep it until they are told.
	 * @param key which instance
	 */
	private void leaveUnseen(LeaseKey key) {
		if (this.isPartial) {
			this.own.rememberGone(key);
			this.publication.changed(key.service());
		}
	}

	private Takeovers.Moment moment(long now) {
		long after = this.isPartial ? this.startNanos + LeaseTimes.PARTIAL_NANOS : now;
		return new Takeovers.Moment(now, after + LeaseTimes.AFTER_NODE_LOSS_NANOS, LeaseTimes.beatNanos(size()));
	}

	private void expire(ServiceLeases service, long now) {
		ServiceLeases.Expiry expiry = this.own.expire(service, now, this.isPartial, this.rows.foreign(service.name()));
		expiry.suspected().forEach(this::share);
		expiry.gone().forEach((lease) -> this.publication.share(lease.lastRow(this.rows.self(), false)));
	}

	// Another node has heard a beat of an instance whose lease may be here.
	private void visited(Visits.Visit visit) {
		Lease lease = this.own.find(visit.key());
		if (lease != null && lease.isNews(visit)) {
			changeVisibly(lease, () -> lease.renewElsewhere(visit, LeaseTimes.beatNanos(size())));
		}
	}

	private void changeVisibly(Lease lease, Runnable change) {
		Instance before = lease.listed().instance();
		change.run();
		tell(lease, before);
	}

	private boolean tell(Lease lease, @Nullable Instance before) {
		Instance now = lease.listed().instance();
		if (now.equals(before)) {
			return false;
		}
		if (now.status() != InstanceStatus.DRAINING) {
			lease.drainsSince(null);
		}
		else if (lease.drainSince() == null) {
			lease.drainsSince(this.wallClock.instant());
		}
		share(lease);
		return true;
	}

	private void share(Lease lease) {
		this.publication.share(lease.row(this.rows.self()));
	}

}
