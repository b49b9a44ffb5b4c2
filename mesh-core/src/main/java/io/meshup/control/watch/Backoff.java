package io.meshup.control.watch;

import java.time.Duration;

import io.meshup.control.link.Timing;

/**
 * When to connect again: at once, each registry of the list one time, then with full
 * jitter up to 2 s. A line that is cut again and again soon after it was opened does not
 * earn another "at once".
 */
final class Backoff {

	static final Duration CAP = Duration.ofSeconds(2);

	private final Timing timing;

	private final int registries;

	private int atOnce;

	private long refilledAt;

	Backoff(Timing timing, int registries) {
		this.timing = timing;
		this.registries = registries;
		this.atOnce = registries;
		this.refilledAt = timing.now();
	}

	synchronized void connected() {
		if (this.timing.since(this.refilledAt).compareTo(CAP) >= 0) {
			this.refilledAt = this.timing.now();
			this.atOnce = this.registries;
		}
	}

	synchronized Duration next() {
		if (this.atOnce > 0) {
			this.atOnce--;
			return Duration.ZERO;
		}
		return Duration.ofNanos((long) (this.timing.random().nextDouble() * CAP.toNanos()));
	}

}
