package io.meshup.registry.lease.table;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.meshup.registry.lease.instance.LeaseKey;
import io.meshup.registry.lease.shared.Holder;
import io.meshup.registry.lease.shared.LeaseRow;
import io.meshup.registry.lease.shared.Publication;
import io.meshup.registry.lease.shared.SharedRows;
import io.meshup.registry.lease.shared.Visits;
import io.meshup.registry.store.Nodes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How leases go from node to node. What the log says of a lease last is true on every
 * node; a node whose own view differs gives the lease up, or claims it anew where it
 * knows that the instance lives. Called by the table's one writer.
 */
final class Takeovers {

	private static final Logger logger = LoggerFactory.getLogger(Takeovers.class);

	/** By then the node that should take over an instance has done so, or is lost too. */
	private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);

	private final OwnLeases own;

	private final SharedRows rows;

	private final Visits visits;

	private final Nodes nodes;

	private final Publication publication;

	private final Map<String, Long> lost = new HashMap<>();

	Takeovers(Views views, Nodes nodes, Publication publication) {
		this.own = views.own;
		this.rows = views.rows;
		this.visits = views.visits;
		this.nodes = nodes;
		this.publication = publication;
	}

	/**
	 * A row of the log was applied.
	 * @param outcome what it did
	 * @param now the present
	 */
	void follow(SharedRows.Outcome outcome, long now) {
		LeaseRow row = outcome.row();
		Lease lease = this.own.find(row.key());
		if (!this.rows.isForeign(row)) {
			followOwn(row.key(), lease);
			return;
		}
		boolean isLoss = outcome.isAccepted() && row.isGone() && !row.content().hasLeft();
		if (isLoss) {
			this.own.lostElsewhere(row.key(), now);
		}
		if (lease != null) {
			followOther(outcome, lease);
		}
	}

	/**
	 * All rows were loaded anew, and may be older than what this node has shared.
	 * @param moment the present
	 */
	void followAll(Moment moment) {
		for (LeaseRow row : this.rows.all()) {
			Lease lease = this.own.find(row.key());
			if (!this.rows.isForeign(row)) {
				resume(row, lease, moment);
			}
			else if (lease != null && isClaimed(lease, row)) {
				// The claim may be lost. If it is only on its way, the log takes one of
				// the two.
				share(lease);
			}
			else if (lease != null) {
				claimOrCede(lease, row);
			}
		}
		for (ServiceLeases service : this.own.services()) {
			service.each((lease) -> {
				if (this.rows.find(lease.key()) == null) {
					claim(lease, Holder.NONE);
				}
			});
		}
		Set<String> others = this.nodes.others();
		this.rows.all()
			.stream()
			.filter((row) -> this.rows.isForeign(row) && !others.contains(row.node()))
			.forEach((row) -> nodeLost(row.node(), moment.now));
	}

	/**
	 * A node's own lease ended.
	 * @param node the node
	 * @param now the present
	 */
	void nodeLost(String node, long now) {
		this.lost.putIfAbsent(node, now);
	}

	/**
	 * Takes over what lost nodes have left: each instance by a node that it has just
	 * beaten at or the one that all agree on, and by any other one when that has not
	 * happened in time.
	 * @param moment the present
	 */
	void takeOver(Moment moment) {
		if (this.lost.isEmpty()) {
			return;
		}
		Set<String> live = new HashSet<>(this.nodes.others());
		this.lost.keySet().removeAll(live);
		live.add(this.rows.self());
		Set<String> left = new HashSet<>();
		int taken = 0;
		for (LeaseRow row : this.rows.all()) {
			Long since = this.lost.get(row.node());
			if (since == null) {
				continue;
			}
			left.add(row.node());
			boolean isOurs = moment.now - since >= PATIENCE_NANOS || isChosen(row.key(), live)
					|| visit(row, moment) != null;
			if (isOurs && this.own.find(row.key()) == null) {
				takeOver(row, moment);
				taken++;
			}
		}
		this.lost.entrySet()
			.removeIf((entry) -> !left.contains(entry.getKey()) && moment.now - entry.getValue() >= PATIENCE_NANOS);
		if (taken > 0) {
			logger.info("Instances whose node was lost are suspect until they are heard of here: {}", taken);
		}
	}

	private void takeOver(LeaseRow row, Moment moment) {
		Lease lease = new Lease(row, moment.intervalNanos);
		Visits.Visit visit = visit(row, moment);
		if (visit != null) {
			lease.renew(visit.beat(), visit.nanos(), moment.intervalNanos, visit.at());
			lease.drainsSince((lease.drainSince() != null) ? lease.drainSince() : visit.at());
		}
		else {
			lease.isLeftAlone(moment.now, moment.endNanos);
		}
		this.own.add(lease);
		share(lease);
	}

	private Visits.@Nullable Visit visit(LeaseRow row, Moment moment) {
		return this.visits.recent(row, moment.intervalNanos);
	}

	/*
	 * A row of this node came back. Where no lease stands behind it (any more), others
	 * must not count on it.
	 */
	private void followOwn(LeaseKey key, @Nullable Lease lease) {
		LeaseRow present = this.rows.find(key);
		if (present == null) {
			return;
		}
		boolean isOurs = !this.rows.isForeign(present);
		if (lease == null && isOurs) {
			this.publication.share(new Lease(present, 0).lastRow(this.rows.self(), false));
		}
		else if (lease != null && isOurs) {
			lease.follows(present.holder());
		}
		else if (lease != null && !isClaimed(lease, present)) {
			this.own.cede(lease);
		}
	}

	/*
	 * A row of this node is what is left of its instance. What the lease says is newer;
	 * without a lease the row that took it elsewhere may be lost, and it may live there.
	 */
	private void resume(LeaseRow row, @Nullable Lease lease, Moment moment) {
		if (lease == null) {
			takeOver(row, moment);
			return;
		}
		lease.follows(row.holder());
		if (!lease.content().equals(row.content())) {
			share(lease);
		}
	}

	private void followOther(SharedRows.Outcome outcome, Lease lease) {
		LeaseRow row = outcome.row();
		LeaseRow present = this.rows.find(row.key());
		if (present != null && this.rows.isForeign(present)) {
			claimOrCede(lease, present);
		}
		else if (present == null && outcome.isAccepted()) {
			ended(row, lease);
		}
	}

	private void ended(LeaseRow row, Lease lease) {
		boolean hasLeft = row.content().hasLeft() && row.isOf(lease.incarnation());
		if (hasLeft || lease.isSuspect()) {
			this.own.cede(lease);
		}
		else if (!lease.before().isAt(row.node())) {
			claim(lease, Holder.NONE);
		}
	}

	private void claimOrCede(Lease lease, LeaseRow present) {
		if (isClaimed(lease, present)) {
			return;
		}
		if (present.isSuspect() && !lease.isSuspect() && present.isOf(lease.incarnation())) {
			claim(lease, present.holder());
		}
		else {
			this.own.cede(lease);
			logger.debug("An instance is with another node now: {}", lease.key());
		}
	}

	// Whether a row is on its way that takes the lease from whoever has it.
	private boolean isClaimed(Lease lease, LeaseRow present) {
		return present.holder().toString().startsWith(lease.before().before(this.rows.self(), lease.incarnation()));
	}

	private void claim(Lease lease, Holder before) {
		lease.follows(before);
		share(lease);
	}

	private void share(Lease lease) {
		this.publication.share(lease.row(this.rows.self()));
	}

	private boolean isChosen(LeaseKey key, Set<String> live) {
		long mine = weight(this.rows.self(), key);
		return live.stream().allMatch((node) -> weight(node, key) <= mine);
	}

	// Rendezvous hashing: the same order of the nodes for a key, whoever computes it.
	private static long weight(String node, LeaseKey key) {
		long hash = node.hashCode() * 0x9E3779B97F4A7C15L ^ key.toString().hashCode() * 0xC2B2AE3D27D4EB4FL;
		hash = (hash ^ (hash >>> 33)) * 0xFF51AFD7ED558CCDL;
		return hash ^ (hash >>> 33);
	}

	/**
	 * What decides who holds a lease.
	 *
	 * @param own the leases that are here
	 * @param rows what the log says
	 * @param visits which instances of other nodes beat here
	 */
	record Views(OwnLeases own, SharedRows rows, Visits visits) {
	}

	/**
	 * When something is taken over.
	 *
	 * @param now the present
	 * @param endNanos when it is gone unless it gives a sign
	 * @param intervalNanos until its next beat
	 */
	record Moment(long now, long endNanos, long intervalNanos) {
	}

}
