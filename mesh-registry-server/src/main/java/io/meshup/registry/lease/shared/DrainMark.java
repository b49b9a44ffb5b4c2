package io.meshup.registry.lease.shared;

import java.time.Instant;

/**
 * That an instance says of itself that it is leaving, and since which revision callers
 * can know it. Immutable.
 *
 * @param since when it said so first
 * @param after the last revision of its service that was published before
 * @param revision the first one that was published after that, and so shows it as
 * draining; {@link #UNPUBLISHED} while there is none
 */
public record DrainMark(Instant since, long after, long revision) {

	/**
	 * No revision shows it yet.
	 */
	public static final long UNPUBLISHED = 0;

	public static DrainMark of(Instant since, long after) {
		return new DrainMark(since, after, UNPUBLISHED);
	}

	public DrainMark published(long published) {
		boolean isFirst = this.revision == UNPUBLISHED && published > this.after;
		return isFirst ? new DrainMark(this.since, this.after, published) : this;
	}

}
