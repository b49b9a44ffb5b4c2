package io.meshup.registry.store.commit;

import java.util.concurrent.TimeUnit;

/**
 * When the next commit may begin. The disk needs as long for one write as for ten, and so
 * does much of the processor's work: while several write at once, commits begin 4 ms
 * apart and take together what came meanwhile. Whoever writes alone, the next change
 * after the answer to the last, waits for nothing. Not thread-safe.
 */
public final class CommitPace {

	static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(4);

	private long nextNanos;

	/**
	 * Makes one that begins at once.
	 * @param nanos now
	 */
	public CommitPace(long nanos) {
		this.nextNanos = nanos;
	}

	/**
	 * How long the next commit has to wait.
	 * @param nanos now
	 * @return nanoseconds, 0 or less when it may begin
	 */
	public long left(long nanos) {
		return this.nextNanos - nanos;
	}

	/**
	 * A commit was made.
	 * @param beganNanos when it began
	 * @param writes how many writes it kept
	 */
	public void committed(long beganNanos, int writes) {
		this.nextNanos = (writes > 1) ? beganNanos + PACE_NANOS : beganNanos;
	}

}
