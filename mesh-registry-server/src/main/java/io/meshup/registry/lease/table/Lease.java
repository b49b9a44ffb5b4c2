package io.meshup.registry.lease.table;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

import io.meshup.model.Instance;
import io.meshup.model.InstanceStatus;
import io.meshup.model.beat.Beat;
import io.meshup.registry.lease.instance.LeaseKey;
import io.meshup.registry.lease.instance.ListedInstance;
import io.meshup.registry.lease.shared.Holder;
import io.meshup.registry.lease.shared.LeaseRow;
import io.meshup.registry.lease.shared.Visits;
import io.meshup.registry.store.SharedLease;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one instance. Changed by the table's one writer; what others read is
 * one volatile field.
 */
final class Lease {

	private static final long DOUBT_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

	private final LeaseKey key;

	private volatile ListedInstance listed;

	private String incarnation;

	private InstanceStatus word;

	private long intervalNanos;

	private long signNanos;

	private long brokenNanos;

	private boolean isBroken;

	private boolean hasBeaten;

	private long beatenNanos;

	private long suspectNanos;

	private volatile @Nullable Instant drainSince;

	private Holder before;

	/**
	 * Begins the lease of an instance that nobody knew.
	 * @param key the instance
	 * @param beat what it says
	 * @param wallTime now, for people
	 */
	Lease(LeaseKey key, Beat beat, Instant wallTime) {
		this.key = key;
		this.incarnation = beat.incarnation();
		this.word = beat.status();
		this.listed = ListedInstance.of(key.id(), wallTime, wallTime, beat);
		this.before = Holder.NONE;
	}

	/**
	 * Takes a lease over from another node, as it is.
	 * @param row what that node said last
	 * @param intervalNanos until the next beat
	 */
	Lease(LeaseRow row, long intervalNanos) {
		this.key = row.key();
		this.incarnation = row.content().incarnation();
		this.word = row.content().word();
		this.listed = row.listed();
		this.drainSince = row.content().drainSince();
		this.intervalNanos = intervalNanos;
		this.before = row.holder();
	}

	LeaseKey key() {
		return this.key;
	}

	ListedInstance listed() {
		return this.listed;
	}

	String incarnation() {
		return this.incarnation;
	}

	boolean isSuspect() {
		return this.listed.instance().status() == InstanceStatus.SUSPECT;
	}

	/**
	 * When it said first that it is leaving.
	 * @return {@code null} unless it says so and is not suspect
	 */
	@Nullable Instant drainSince() {
		return (this.listed.instance().status() == InstanceStatus.DRAINING) ? this.drainSince : null;
	}

	void drainsSince(@Nullable Instant wallTime) {
		this.drainSince = wallTime;
	}

	/**
	 * Who held the id before this lease, as far as the log shows.
	 * @return this node once the log shows that the lease is here
	 */
	Holder before() {
		return this.before;
	}

	void follows(Holder holder) {
		this.before = holder;
	}

	/**
	 * What the other nodes are to know.
	 * @param self this node
	 * @return a row
	 */
	SharedLease row(String self) {
		return row(self, false, false);
	}

	/**
	 * What the other nodes are to know when it ended.
	 * @param self this node
	 * @param hasLeft whether by the instance's own word
	 * @return a row that is gone
	 */
	SharedLease lastRow(String self, boolean hasLeft) {
		return row(self, true, hasLeft);
	}

	/**
	 * What the other nodes are to know of the instance itself.
	 * @return as in a row
	 */
	LeaseRow.Content content() {
		return content(false);
	}

	private SharedLease row(String self, boolean isGone, boolean hasLeft) {
		return new LeaseRow(this.key, self, isGone, content(hasLeft), null).after(this.before);
	}

	private LeaseRow.Content content(boolean hasLeft) {
		return new LeaseRow.Content(this.incarnation, this.word, this.listed.instance(), this.listed.registeredAt(),
				drainSince(), hasLeft);
	}

	/**
	 * The instance speaks: it is what it says it is.
	 * @param beat what it says
	 * @param nanos now
	 * @param interval until its next beat
	 * @param wallTime now, for people
	 */
	void renew(Beat beat, long nanos, long interval, Instant wallTime) {
		this.incarnation = beat.incarnation();
		this.word = beat.status();
		this.intervalNanos = interval;
		this.signNanos = nanos;
		this.beatenNanos = nanos;
		this.hasBeaten = true;
		this.isBroken = false;
		this.listed = ListedInstance.of(this.key.id(), this.listed.registeredAt(), wallTime, beat);
	}

	/**
	 * Whether a beat that another node heard tells more than what is known. How long it
	 * was on its way is not known exactly: what may have been said before the line broke
	 * or before the instance began to leave says nothing.
	 * @param visit what it said there, and about when
	 * @return whether it renews this lease
	 */
	boolean isNews(Visits.Visit visit) {
		Beat beat = visit.beat();
		long doubt = (this.word == InstanceStatus.DRAINING && beat.status() != this.word) ? DOUBT_NANOS : 0;
		boolean isLater = !this.hasBeaten || visit.nanos() - this.beatenNanos > doubt;
		boolean isAfterBreak = !this.isBroken || visit.nanos() - this.brokenNanos > DOUBT_NANOS;
		return this.incarnation.equals(beat.incarnation()) && isLater && isAfterBreak;
	}

	/**
	 * The instance spoke to another node. Of two beats that are too near to tell which
	 * came first, neither takes back what the other one confirms.
	 * @param visit what it said there, and about when
	 * @param interval until its next beat
	 */
	void renewElsewhere(Visits.Visit visit, long interval) {
		boolean isInDoubt = this.hasBeaten && visit.nanos() - this.beatenNanos <= DOUBT_NANOS;
		long confirmed = isInDoubt ? this.listed.applied() : 0;
		renew(visit.beat(), visit.nanos(), interval, visit.at());
		this.listed = this.listed.withApplied(Math.max(confirmed, visit.beat().applied()));
	}

	/**
	 * More instances came than when it was told how often to beat: it is given as much
	 * time as those.
	 * @param interval what is told at present
	 */
	void stretch(long interval) {
		this.intervalNanos = Math.max(this.intervalNanos, interval);
	}

	void lineOpened(long nanos) {
		this.signNanos = nanos;
		this.isBroken = false;
		show(this.word);
	}

	void lineBroke(long nanos) {
		this.isBroken = true;
		this.brokenNanos = nanos;
		suspect(nanos);
	}

	/**
	 * Nobody knows whether it lives: it is gone at a time unless it gives a sign.
	 * @param nanos now
	 * @param endNanos when it is over
	 */
	void isLeftAlone(long nanos, long endNanos) {
		this.signNanos = endNanos - LeaseTimes.AFTER_BREAK_NANOS;
		this.brokenNanos = this.signNanos;
		this.isBroken = true;
		// Suspect for another node already, but what is held back counts from here.
		this.suspectNanos = nanos;
		suspect(nanos);
	}

	void suspect(long nanos) {
		if (!isSuspect()) {
			this.suspectNanos = nanos;
			show(InstanceStatus.SUSPECT);
		}
	}

	boolean isSilent(long nanos) {
		return nanos - this.signNanos >= 2 * this.intervalNanos;
	}

	boolean isOver(long nanos) {
		return nanos - this.signNanos >= LeaseTimes.leaseNanos(this.intervalNanos)
				|| (this.isBroken && nanos - this.brokenNanos >= LeaseTimes.AFTER_BREAK_NANOS);
	}

	boolean isSuspectFor(long nanos, long duration) {
		return isSuspect() && nanos - this.suspectNanos >= duration;
	}

	private void show(InstanceStatus status) {
		Instance shown = this.listed.instance().withStatus(status);
		this.listed = this.listed.withInstance(shown);
	}

}
