package io.meshup.balance;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import io.meshup.model.rule.OutlierDetection;

/**
 * What this process has seen of one instance: requests in flight, errors in a row,
 * refused connections. Thread-safe without locks.
 */
public final class InstanceHealth {

	private static final long MAX_EJECTION_NANOS = Duration.ofMinutes(5).toNanos();

	private static final long REFUSED_NANOS = Duration.ofSeconds(1).toNanos();

	private static final long MAX_REFUSED_NANOS = Duration.ofSeconds(30).toNanos();

	private static final Strikes NO_STRIKES = new Strikes(0, 0, 0, 0, false);

	private static final Refusals NO_REFUSALS = new Refusals(0, 0);

	private static final AtomicReferenceFieldUpdater<InstanceHealth, Strikes> STRIKES = AtomicReferenceFieldUpdater
		.newUpdater(InstanceHealth.class, Strikes.class, "strikes");

	private static final AtomicReferenceFieldUpdater<InstanceHealth, Refusals> REFUSALS = AtomicReferenceFieldUpdater
		.newUpdater(InstanceHealth.class, Refusals.class, "refusals");

	private final AtomicInteger inFlight = new AtomicInteger();

	private volatile Strikes strikes = NO_STRIKES;

	private volatile Refusals refusals = NO_REFUSALS;

	InstanceHealth() {
	}

	/**
	 * A request is sent.
	 */
	public void onSend() {
		this.inFlight.incrementAndGet();
	}

	/**
	 * A request is over, with its body.
	 */
	public void onEnd() {
		this.inFlight.decrementAndGet();
	}

	/**
	 * Requests that are not over.
	 * @return their number
	 */
	public int inFlight() {
		return this.inFlight.get();
	}

	boolean isEjected(long now) {
		Strikes seen = this.strikes;
		return seen.out && seen.until - now > 0;
	}

	boolean isRefused(long now) {
		Refusals seen = this.refusals;
		return seen.streak > 0 && seen.until - now > 0;
	}

	// Returns whether the instance had been left out and is back with this.
	boolean onSuccess(long now) {
		boolean returned = this.refusals.streak > 0 && REFUSALS.getAndSet(this, NO_REFUSALS).streak > 0;
		Strikes seen = this.strikes;
		while (seen.consecutive > 0 || (seen.out && seen.until - now <= 0)) {
			boolean out = seen.out && seen.until - now > 0;
			if (STRIKES.compareAndSet(this, seen, new Strikes(0, seen.ejections, seen.mark, seen.until, out))) {
				return returned || (seen.out && !out);
			}
			seen = this.strikes;
		}
		return returned;
	}

	// Returns whether the instance now has as many errors in a row as the rule takes.
	boolean onError(OutlierDetection rule, long now) {
		while (true) {
			Strikes seen = this.strikes;
			if (seen.out && seen.until - now > 0) {
				return false;
			}
			Strikes next = new Strikes(seen.consecutive + 1, seen.decayed(rule, now), now, seen.until, seen.out);
			if (STRIKES.compareAndSet(this, seen, next)) {
				return next.consecutive >= rule.consecutiveErrors();
			}
		}
	}

	// Returns until when; the caller sees to it that only one thread ejects.
	long eject(OutlierDetection rule, long now) {
		while (true) {
			Strikes seen = this.strikes;
			int ejections = seen.ejections + 1;
			long base = rule.baseEjectionTime().toNanos();
			long nanos = Math.min(base * ejections, Math.max(base, MAX_EJECTION_NANOS));
			long until = now + nanos;
			if (STRIKES.compareAndSet(this, seen, new Strikes(0, ejections, until, until, true))) {
				return until;
			}
		}
	}

	// Returns until when, or {@code now} when it was out already.
	long refuse(long now) {
		while (true) {
			Refusals seen = this.refusals;
			if (seen.streak > 0 && seen.until - now > 0) {
				return now;
			}
			long nanos = Math.min(MAX_REFUSED_NANOS, REFUSED_NANOS << Math.min(seen.streak, 10));
			if (REFUSALS.compareAndSet(this, seen, new Refusals(seen.streak + 1, now + nanos))) {
				return now + nanos;
			}
		}
	}

	/**
	 * Errors and what followed from them.
	 *
	 * @param consecutive errors since the last good answer
	 * @param ejections how many times the base time the last ejection lasted, less what
	 * decayed since
	 * @param mark from when on good intervals count
	 * @param until when the last ejection ends
	 * @param out whether it is ejected, or nobody has seen it answer well since
	 */
	private record Strikes(int consecutive, int ejections, long mark, long until, boolean out) {

		int decayed(OutlierDetection rule, long now) {
			long good = Math.max(0, (now - this.mark) / rule.interval().toNanos());
			return (this.ejections == 0) ? 0 : (int) Math.max(0, this.ejections - good);
		}

	}

	private record Refusals(int streak, long until) {
	}

}
