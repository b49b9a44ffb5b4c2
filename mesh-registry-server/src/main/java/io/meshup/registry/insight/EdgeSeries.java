package io.meshup.registry.insight;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * One edge's counts by the second, for the last five minutes. Not thread-safe.
 */
final class EdgeSeries {

	static final long KEPT_SECONDS = 300;

	private final Deque<Second> seconds = new ArrayDeque<>();

	private final long firstSecond;

	EdgeSeries(long firstSecond) {
		this.firstSecond = firstSecond;
	}

	void add(long second, Counts counts) {
		Second last = this.seconds.peekLast();
		if (last != null && last.at >= second) {
			this.seconds.removeLast();
			this.seconds.addLast(new Second(last.at, last.counts.plus(counts)));
		}
		else {
			this.seconds.addLast(new Second(second, counts));
		}
	}

	/**
	 * All that was counted in the last seconds.
	 * @param now the present second
	 * @param window how many seconds
	 * @return what is to be added up
	 */
	List<Counts> within(long now, long window) {
		return this.seconds.stream().filter((second) -> second.at > now - window).map(Second::counts).toList();
	}

	/**
	 * The time that a sum over the window stands for: less, while the edge is young.
	 * @param now the present second
	 * @param window how many seconds
	 * @return seconds, at least 1
	 */
	long span(long now, long window) {
		return Math.max(1, Math.min(window, now - this.firstSecond + 1));
	}

	/**
	 * Drops what is too old.
	 * @param now the present second
	 * @return whether nothing is left
	 */
	boolean forget(long now) {
		while (!this.seconds.isEmpty() && this.seconds.peekFirst().at <= now - KEPT_SECONDS) {
			this.seconds.removeFirst();
		}
		return this.seconds.isEmpty();
	}

	private record Second(long at, Counts counts) {
	}

}
