package io.meshup.control.beat;

import java.time.Duration;
import java.util.concurrent.Future;

import io.meshup.control.link.Timing;

/**
 * Beats outside of the interval, so that a draining instance need not wait for it: at
 * most one each {@link #GAP}, and always one after the last time that it was asked for.
 * Thread-safe.
 */
public final class ExtraBeats {

	static final Duration GAP = Duration.ofMillis(20);

	private final Timing timing;

	private final Runnable beat;

	private boolean everBeaten;

	private boolean due;

	private long beatenAt;

	public ExtraBeats(Timing timing, Runnable beat) {
		this.timing = timing;
		this.beat = beat;
	}

	public void ask() {
		synchronized (this) {
			if (this.due) {
				return;
			}
			Duration left = GAP.minus(this.timing.since(this.beatenAt));
			if (this.everBeaten && !left.isNegative() && !left.isZero()) {
				this.due = true;
				Future<?> unused = this.timing.after(left, this::beat);
				return;
			}
		}
		beat();
	}

	private void beat() {
		synchronized (this) {
			this.due = false;
			this.everBeaten = true;
			this.beatenAt = this.timing.now();
		}
		this.beat.run();
	}

}
