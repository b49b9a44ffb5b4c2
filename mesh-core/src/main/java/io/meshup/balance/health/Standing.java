package io.meshup.balance.health;

import java.time.Duration;

import io.meshup.model.rule.policy.OutlierDetection;

/**
 * How an instance stands with this process: whether it is left out, until when, and what
 * led to it. Once the time is over one request may probe it; the first good answer brings
 * it back. Immutable; each change is one exchange.
 *
 * @param errors in a row
 * @param ejections how many times the base time the last ejection lasted, less what was
 * forgiven since
 * @param mark from when on good intervals count
 * @param ejected whether it is out because of errors
 * @param refusals refused connections in a row
 * @param refused whether it is out because of the last one
 * @param until when it may be probed, while it is out
 * @param probing whether it is being probed: until then no other request may
 */
record Standing(int errors, int ejections, long mark, boolean ejected, int refusals, boolean refused, long until,
		boolean probing) {

	static final Standing GOOD = new Standing(0, 0, 0, false, 0, false, 0, false);

	private static final long MAX_EJECTION_NANOS = Duration.ofMinutes(5).toNanos();

	private static final long REFUSED_NANOS = Duration.ofSeconds(1).toNanos();

	private static final long MAX_REFUSED_NANOS = Duration.ofSeconds(30).toNanos();

	// A probe that is not heard of in this time is lost.
	private static final long PROBE_NANOS = Duration.ofSeconds(30).toNanos();

	boolean isOut() {
		return this.ejected || this.refused;
	}

	boolean isDue(long now) {
		return isOut() && now - this.until >= 0;
	}

	// Whether the next result decides if it comes back.
	boolean isOnTrial(long now) {
		return isOut() && (this.probing || now - this.until >= 0);
	}

	boolean isBlank() {
		return this.errors == 0 && this.refusals == 0 && !isOut();
	}

	// A good answer proves that it takes connections; errors are forgiven in their time.
	Standing afterSuccess(long now) {
		if (!this.ejected || isOnTrial(now)) {
			return new Standing(0, this.ejections, isOut() ? now : this.mark, false, 0, false, this.until, false);
		}
		return new Standing(0, this.ejections, this.mark, true, 0, false, this.until, false);
	}

	Standing afterError(OutlierDetection rule, long now) {
		return new Standing(this.errors + 1, forgiven(rule, now), now, this.ejected, this.refusals, this.refused,
				this.until, this.probing);
	}

	// It took a connection, whatever it answered.
	Standing connected() {
		return new Standing(this.errors, this.ejections, this.mark, this.ejected, 0, false, this.until, false);
	}

	Standing ejected(OutlierDetection rule, long now) {
		int times = this.ejections + 1;
		long base = rule.baseEjectionTime().toNanos();
		long end = now + Math.min(base * times, Math.max(base, MAX_EJECTION_NANOS));
		return new Standing(0, times, end, true, this.refusals, this.refused, end, false);
	}

	Standing refused(long now) {
		long end = now + Math.min(MAX_REFUSED_NANOS, REFUSED_NANOS << Math.min(this.refusals, 10));
		end = (this.ejected && this.until - end > 0) ? this.until : end;
		return new Standing(this.errors, this.ejections, this.mark, this.ejected, this.refusals + 1, true, end, false);
	}

	Standing probed(long now) {
		return new Standing(this.errors, this.ejections, this.mark, this.ejected, this.refusals, this.refused,
				now + PROBE_NANOS, true);
	}

	// Whether a request that was sent then is the probe.
	boolean isProbe(long sent) {
		return this.probing && this.until - PROBE_NANOS == sent;
	}

	// Whether a failure says how it stands now: that of the probe, or of a request that
	// was sent when the time was over.
	boolean isNews(long sent, long now) {
		return isOnTrial(now) && (this.probing ? isProbe(sent) : isDue(sent));
	}

	// The probe came to nothing that could be judged.
	Standing unprobed(long now) {
		return new Standing(this.errors, this.ejections, this.mark, this.ejected, this.refusals, this.refused, now,
				false);
	}

	private int forgiven(OutlierDetection rule, long now) {
		long good = Math.max(0, (now - this.mark) / rule.interval().toNanos());
		return (this.ejections == 0) ? 0 : (int) Math.max(0, this.ejections - good);
	}

}
