package io.meshup.balance.health;

import java.util.ArrayList;
import java.util.List;

import io.meshup.model.rule.policy.OutlierDetection;

/**
 * What {@link ServiceHealth} must do, written down as plainly as possible: lists instead
 * of counters, nothing shared.
 */
final class HealthModel {

	private static final long SECOND = 1_000_000_000L;

	private final OutlierDetection rule;

	private final One[] all;

	// Whether the last error brought its instance back.
	boolean returned;

	HealthModel(OutlierDetection rule, int instances) {
		this.rule = rule;
		this.all = new One[instances];
		for (int i = 0; i < instances; i++) {
			this.all[i] = new One();
		}
	}

	List<String> out() {
		List<String> out = new ArrayList<>();
		for (int i = 0; i < this.all.length; i++) {
			if (this.all[i].isOut()) {
				out.add("i" + i);
			}
		}
		return out;
	}

	// Returns which one the next request probes, or -1.
	int probe(long now) {
		for (int i = 0; i < this.all.length; i++) {
			if (this.all[i].isOut() && now - this.all[i].until >= 0) {
				this.all[i].until = now + 30 * SECOND;
				this.all[i].probing = true;
				this.all[i].probedAt = now;
				return i;
			}
		}
		return -1;
	}

	void onUnjudged(int index, long sent, long now) {
		One one = this.all[index];
		if (one.probing && one.probedAt == sent) {
			one.probing = false;
			one.until = now;
		}
	}

	boolean onSuccess(int index, long now) {
		One one = this.all[index];
		one.answer(true, this.rule, now);
		boolean out = one.isOut();
		boolean stays = one.ejected && !one.isOnTrial(now);
		one.errors = 0;
		one.refusals = 0;
		one.refused = false;
		one.ejected = stays;
		if (out && !stays) {
			one.quietSince = now;
			one.probing = false;
		}
		return out && !stays;
	}

	boolean onError(int index, long sent, long now) {
		One one = this.all[index];
		one.answer(false, this.rule, now);
		this.returned = false;
		boolean wasOut = one.isOut();
		if (wasOut) {
			boolean trial = one.probing ? one.probedAt == sent : sent - one.until >= 0;
			if (!trial) {
				return false;
			}
			one.refused = false;
			one.refusals = 0;
			one.probing = false;
			if (one.ejected) {
				one.eject(this.rule, now);
				return true;
			}
		}
		long good = (now - one.quietSince) / this.rule.interval().toNanos();
		one.times = (one.times == 0) ? 0 : (int) Math.max(0, one.times - good);
		one.quietSince = now;
		one.errors++;
		boolean outlier = one.errors >= this.rule.consecutiveErrors() || one.isPoor(this.rule, now);
		boolean ejected = outlier && ejectWithin(one, now);
		this.returned = wasOut && !ejected;
		return ejected;
	}

	boolean onRefused(int index, long now) {
		One one = this.all[index];
		one.answer(false, this.rule, now);
		if (one.refused && !one.isOnTrial(now)) {
			return false;
		}
		boolean wasOut = one.isOut();
		long end = now + Math.min(30 * SECOND, SECOND << Math.min(one.refusals, 10));
		one.until = (one.ejected && one.until - end > 0) ? one.until : end;
		one.refused = true;
		one.refusals++;
		one.probing = false;
		if (!wasOut && one.isPoor(this.rule, now)) {
			ejectWithin(one, now);
		}
		return true;
	}

	private boolean ejectWithin(One one, long now) {
		int out = 0;
		for (One other : this.all) {
			out += other.ejected ? 1 : 0;
		}
		if (one.ejected || (out > 0 && (out + 1) * 100 > this.all.length * this.rule.maxEjectionPercent())) {
			return false;
		}
		one.eject(this.rule, now);
		return true;
	}

	private static final class One {

		private final List<Boolean> answers = new ArrayList<>();

		private final List<Long> slots = new ArrayList<>();

		private int errors;

		private int times;

		private int refusals;

		private boolean ejected;

		private boolean refused;

		private boolean probing;

		private long until;

		private long probedAt;

		private long quietSince;

		private long firstAnswer;

		boolean isOut() {
			return this.ejected || this.refused;
		}

		boolean isOnTrial(long now) {
			return isOut() && (this.probing || now - this.until >= 0);
		}

		void answer(boolean good, OutlierDetection rule, long now) {
			if (this.answers.isEmpty()) {
				this.firstAnswer = now;
			}
			this.answers.add(good);
			this.slots.add((now - this.firstAnswer) / rule.interval().toNanos());
		}

		boolean isPoor(OutlierDetection rule, long now) {
			long slot = (now - this.firstAnswer) / rule.interval().toNanos();
			int count = 0;
			int good = 0;
			for (int i = 0; i < this.answers.size(); i++) {
				if (slot - this.slots.get(i) < 10) {
					count++;
					good += this.answers.get(i) ? 1 : 0;
				}
			}
			return count >= 10 && good * 100 < count * rule.successRateBelow();
		}

		void eject(OutlierDetection rule, long now) {
			this.times++;
			this.errors = 0;
			this.ejected = true;
			this.probing = false;
			this.until = now + Math.min(rule.baseEjectionTime().toNanos() * this.times, 300 * SECOND);
			this.quietSince = this.until;
			this.answers.clear();
			this.slots.clear();
		}

	}

}
