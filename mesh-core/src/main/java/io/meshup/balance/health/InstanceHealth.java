package io.meshup.balance.health;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.UnaryOperator;

import io.meshup.model.rule.policy.OutlierDetection;
import org.jspecify.annotations.Nullable;

/**
 * What this process has seen of one instance: requests in flight, latency, errors,
 * refused connections, since when it is here. Thread-safe without locks.
 */
public final class InstanceHealth {

	private static final AtomicReferenceFieldUpdater<InstanceHealth, Standing> STANDING = AtomicReferenceFieldUpdater
		.newUpdater(InstanceHealth.class, Standing.class, "standing");

	private static final AtomicLongFieldUpdater<InstanceHealth> LATENCY = AtomicLongFieldUpdater
		.newUpdater(InstanceHealth.class, "latency");

	// One that has no answer yet, in the upper half; the lower one counts all in flight.
	private static final long UNANSWERED = 1L << 32;

	private final AtomicLong requests = new AtomicLong();

	private volatile Standing standing = Standing.GOOD;

	private volatile @Nullable RateWindow window;

	private volatile long latency;

	private volatile long newSince;

	private volatile boolean isNew;

	public InstanceHealth(long now) {
		this.latency = Latency.initial(now);
	}

	/**
	 * The instance is chosen for a request, which is about to be sent.
	 */
	public void onSend() {
		this.requests.addAndGet(UNANSWERED + 1);
	}

	/**
	 * The head of the answer is here, or will never come.
	 */
	public void onAnswer() {
		this.requests.addAndGet(-UNANSWERED);
	}

	/**
	 * A request is over, with its body; after {@link #onAnswer}.
	 */
	public void onEnd() {
		this.requests.decrementAndGet();
	}

	/**
	 * Requests that are not over.
	 * @return their number
	 */
	public int inFlight() {
		return (int) this.requests.get();
	}

	/**
	 * Requests that the instance was chosen for and whose answer has not begun: some may
	 * not even be written.
	 * @return their number
	 */
	public int unanswered() {
		return (int) (this.requests.get() >>> 32);
	}

	/**
	 * The head of a good answer arrived; counts for {@code peak-ewma} only.
	 * @param nanos how long that took
	 * @param now the present in nanoseconds
	 */
	public void onLatency(long nanos, long now) {
		long seen = this.latency;
		long next = Latency.observed(seen, nanos, now);
		while (next != seen && !LATENCY.compareAndSet(this, seen, next)) {
			seen = this.latency;
			next = Latency.observed(seen, nanos, now);
		}
	}

	/**
	 * An attempt failed, or was asked to come later; counts for {@code peak-ewma} only.
	 * @param nanos at least as bad as an answer after this time
	 * @param now the present in nanoseconds
	 */
	public void onPushBack(long nanos, long now) {
		LATENCY.updateAndGet(this, (seen) -> Latency.raised(seen, nanos, now));
	}

	public double latency(long now) {
		return Latency.at(this.latency, now);
	}

	// It warms up from now on.
	void onNew(long now) {
		this.newSince = now;
		this.isNew = true;
	}

	// The part of its weight that it has, above 0 to 1.
	double warmth(PoolRules rules, long now) {
		long age = now - this.newSince;
		return (!this.isNew || age >= rules.warmUpNanos()) ? 1
				: Math.max(rules.leastWarmth(), (double) age / rules.warmUpNanos());
	}

	// From when on it has its whole weight.
	public long warmFrom(PoolRules rules, long now) {
		return (warmth(rules, now) < 1) ? this.newSince + rules.warmUpNanos() : now;
	}

	Standing standing() {
		return this.standing;
	}

	public boolean isOut() {
		return this.standing.isOut();
	}

	boolean isEjected() {
		return this.standing.ejected();
	}

	public boolean isRefused() {
		return this.standing.refused();
	}

	boolean isDue(long now) {
		return this.standing.isDue(now);
	}

	// When it is due; in a very long time while it is in.
	public long changesAt(long now) {
		Standing seen = this.standing;
		return seen.isOut() ? seen.until() : now + Long.MAX_VALUE;
	}

	// Returns whether the one request that probes it is the caller's.
	boolean tryProbe(long now) {
		Standing seen = this.standing;
		return seen.isDue(now) && STANDING.compareAndSet(this, seen, seen.probed(now));
	}

	// Returns whether the request that was sent then was the probe.
	boolean giveBackProbe(long sent, long now) {
		Standing seen = this.standing;
		return seen.isProbe(sent) && STANDING.compareAndSet(this, seen, seen.unprobed(now));
	}

	// Returns the standing before.
	Standing onSuccess(long now) {
		Standing seen = this.standing;
		return seen.isBlank() ? seen : exchange((standing) -> standing.afterSuccess(now));
	}

	// Returns the standing before. One that was ejected and fails its trial is out again
	// for longer; one that had only refused connections took this one.
	Standing onError(OutlierDetection rule, long sent, long now) {
		Standing before = exchange((seen) -> {
			if (!seen.isOut()) {
				return seen.afterError(rule, now);
			}
			if (!seen.isNews(sent, now)) {
				return seen;
			}
			return seen.ejected() ? seen.connected().ejected(rule, now) : seen.connected().afterError(rule, now);
		});
		if (before.ejected() && before.isNews(sent, now)) {
			this.window = null;
		}
		return before;
	}

	// The caller sees to it that only one thread ejects.
	void eject(OutlierDetection rule, long now) {
		exchange((seen) -> seen.ejected(rule, now));
		this.window = null;
	}

	// Returns the standing before.
	Standing refuse(long now) {
		return exchange((seen) -> (seen.refused() && !seen.isOnTrial(now)) ? seen : seen.refused(now));
	}

	// Counts an answer, where the rule looks at success rates.
	void count(boolean error, OutlierDetection rule, long now) {
		if (rule.successRateBelow() > 0) {
			RateWindow counting = this.window;
			if (counting == null || counting.interval() != rule.interval().toNanos()) {
				counting = new RateWindow(rule.interval().toNanos(), now);
				this.window = counting;
			}
			counting.add(error, now);
		}
	}

	// Returns the share of good answers in percent.
	double successRate(long now) {
		RateWindow counting = this.window;
		return (counting != null) ? counting.successRate(now) : 100;
	}

	private Standing exchange(UnaryOperator<Standing> change) {
		while (true) {
			Standing seen = this.standing;
			Standing next = change.apply(seen);
			if (next.equals(seen) || STANDING.compareAndSet(this, seen, next)) {
				return seen;
			}
		}
	}

}
