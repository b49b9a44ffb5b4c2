package io.meshup.registry.lease;

import java.time.Instant;

import io.meshup.model.Beat;
import io.meshup.model.Instance;
import io.meshup.model.InstanceStatus;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one instance. Changed by the table's one writer; what others read is
 * one volatile field.
 */
final class Lease {

	private final LeaseKey key;

	private volatile ListedInstance listed;

	private String incarnation;

	private InstanceStatus word;

	private long intervalNanos;

	private long signNanos;

	private long brokenNanos;

	private boolean isBroken;

	private long suspectNanos;

	private volatile @Nullable DrainMark drain;

	Lease(LeaseKey key, Beat beat, Instant wallTime) {
		this.key = key;
		this.incarnation = beat.incarnation();
		this.word = beat.status();
		this.listed = ListedInstance.of(key.id(), wallTime, wallTime, beat);
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
	 * Since when callers can know that it is leaving.
	 * @return {@code null} unless it says of itself that it is draining and is not
	 * suspect
	 */
	@Nullable DrainMark drain() {
		return (this.listed.instance().status() == InstanceStatus.DRAINING) ? this.drain : null;
	}

	/**
	 * It is listed as draining from now on; called after that can be seen, so that every
	 * later revision shows it.
	 * @param mark since when
	 */
	void drains(@Nullable DrainMark mark) {
		this.drain = mark;
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
		this.isBroken = false;
		this.listed = ListedInstance.of(this.key.id(), this.listed.registeredAt(), wallTime, beat);
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
