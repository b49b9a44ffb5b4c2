package io.meshup.limit;

import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

/**
 * A token bucket: as large as the burst, full at first, refilled evenly.
 */
final class BucketAllowance implements Allowance {

	private static final AtomicReferenceFieldUpdater<BucketAllowance, Bucket> STATE = AtomicReferenceFieldUpdater
		.newUpdater(BucketAllowance.class, Bucket.class, "bucket");

	private volatile Bucket bucket;

	BucketAllowance(Rate rate, long now) {
		this.bucket = new Bucket(rate.burst(), now);
	}

	@Override
	public long take(Rate rate, long now) {
		while (true) {
			Bucket present = this.bucket;
			double tokens = present.tokens(rate, now);
			if (tokens < ONE) {
				return waitNanos(rate, 1 - tokens);
			}
			if (STATE.compareAndSet(this, present, new Bucket(tokens - 1, present.later(now)))) {
				return 0;
			}
		}
	}

	@Override
	public void giveBack() {
		STATE.updateAndGet(this, (present) -> new Bucket(present.tokens + 1, present.at));
	}

	private static long waitNanos(Rate rate, double missing) {
		if (rate.requests() <= 0) {
			return rate.periodNanos();
		}
		return Math.max(1, (long) (missing / rate.requests() * rate.periodNanos()));
	}

	private record Bucket(double tokens, long at) {

		long later(long now) {
			return (now - this.at > 0) ? now : this.at;
		}

		// A late reader's clock may be behind the last writer's.
		double tokens(Rate rate, long now) {
			double refilled = rate.requests() * Math.max(0, now - this.at) / rate.periodNanos();
			return Math.min(Math.max(rate.burst(), 1), this.tokens + refilled);
		}

	}

}
