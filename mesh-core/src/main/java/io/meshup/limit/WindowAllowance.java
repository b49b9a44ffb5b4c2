package io.meshup.limit;

import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

/**
 * As many requests as allowed in any period, told by the counts of this window and the
 * one before, of which the part counts that the period still reaches back to. Windows
 * begin with the first request after a silence.
 */
final class WindowAllowance implements Allowance {

	private static final AtomicReferenceFieldUpdater<WindowAllowance, Window> STATE = AtomicReferenceFieldUpdater
		.newUpdater(WindowAllowance.class, Window.class, "window");

	private volatile Window window;

	WindowAllowance(Rate rate, long now) {
		this.window = new Window(now, 0, 0, (rate.requests() < 1) ? 1 : 0);
	}

	@Override
	public long take(Rate rate, long now) {
		while (true) {
			Window present = this.window;
			Window moved = present.at(rate, now);
			if (moved.room(rate, now) < ONE) {
				return Math.max(1, moved.nextNanos(rate) - now);
			}
			if (STATE.compareAndSet(this, present, moved.withCount(moved.count + 1))) {
				return 0;
			}
		}
	}

	@Override
	public void giveBack() {
		STATE.updateAndGet(this, (present) -> present.withCount(Math.max(0, present.count - 1)));
	}

	/**
	 * The counts at one moment.
	 *
	 * @param start when it began
	 * @param before how many came in the window before
	 * @param count how many came so far
	 * @param credit what fractions of a request earlier windows left over
	 */
	private record Window(long start, long before, long count, double credit) {

		Window at(Rate rate, long now) {
			long windows = (now - this.start) / rate.periodNanos();
			if (windows <= 0) {
				return this;
			}
			double left = credit(rate.requests());
			if (windows == 1) {
				return new Window(this.start + rate.periodNanos(), this.count, 0, left);
			}
			return new Window(now, 0, 0,
					(rate.requests() < 1) ? Math.min(1, left + rate.requests() * (windows - 1)) : left);
		}

		// Of 2.5 a second, 2 and 3 in turn.
		private double credit(double requests) {
			double left = Math.max(0, requests + this.credit - this.count);
			if (left < 1) {
				return left;
			}
			double sum = requests + this.credit;
			return (requests < 1) ? 1 : sum - Math.floor(sum);
		}

		// Whole requests, or the last one of each window would never find room.
		double room(Rate rate, long now) {
			double reach = 1 - (double) Math.max(0, now - this.start) / rate.periodNanos();
			return rate.requests() + this.credit - this.count - Math.floor(this.before * reach);
		}

		// When there will be room for one more.
		long nextNanos(Rate rate) {
			double free = rate.requests() + this.credit - this.count - 1;
			if (free >= 0) {
				return this.start + (long) (freed(this.before, free) * rate.periodNanos()) + 1;
			}
			double later = rate.requests() + credit(rate.requests()) - 1;
			if (later >= 0) {
				return this.start + (long) ((1 + freed(this.count, later)) * rate.periodNanos()) + 1;
			}
			double windows = Math.ceil(-later / Math.max(rate.requests(), 0.001)) + 1;
			return this.start + (long) (windows * rate.periodNanos());
		}

		// The part of a window after which no more than so many of the one before count.
		private static double freed(long before, double counting) {
			return (before > 0) ? Math.max(0, 1 - (Math.floor(counting) + 1) / before) : 0;
		}

		Window withCount(long changed) {
			return new Window(this.start, this.before, changed, this.credit);
		}

	}

}
