package io.meshup.registry.insight.edge;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/**
 * One edge's counts of the last five minutes: by the second in the last one, by ten
 * seconds before, because each second with its latencies takes one or two kilobytes. Not
 * thread-safe.
 */
public final class EdgeSeries {

	/**
	 * How far back it knows.
	 */
	public static final long KEPT_SECONDS = 300;

	private static final long FINE_SECONDS = 60;

	private static final long CELL_SECONDS = 10;

	private final Deque<Second> seconds = new ArrayDeque<>();

	private final Deque<Second> cells = new ArrayDeque<>();

	private final long firstSecond;

	public EdgeSeries(long firstSecond) {
		this.firstSecond = firstSecond;
	}

	public void add(long second, Counts counts) {
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
	public List<Counts> within(long now, long window) {
		Stream<Second> fine = this.seconds.stream().filter((second) -> second.at > now - window);
		if (window <= FINE_SECONDS) {
			return fine.map(Second::counts).toList();
		}
		Stream<Second> coarse = this.cells.stream().filter((cell) -> cell.middle() > now - window);
		return Stream.concat(coarse, fine).map(Second::counts).toList();
	}

	/**
	 * The time that a sum over the window stands for: less, while the edge is young.
	 * @param now the present second
	 * @param window how many seconds
	 * @return seconds, at least 1
	 */
	public long span(long now, long window) {
		return Math.max(1, Math.min(window, now - this.firstSecond + 1));
	}

	/**
	 * Puts together what is old and drops what is too old.
	 * @param now the present second
	 * @return whether nothing is left
	 */
	public boolean forget(long now) {
		while (!this.seconds.isEmpty() && this.seconds.peekFirst().at <= now - FINE_SECONDS) {
			coarsen(this.seconds.removeFirst());
		}
		while (!this.cells.isEmpty() && this.cells.peekFirst().at <= now - KEPT_SECONDS) {
			this.cells.removeFirst();
		}
		return this.seconds.isEmpty() && this.cells.isEmpty();
	}

	private void coarsen(Second old) {
		Second last = this.cells.peekLast();
		if (last != null && last.cell() == old.cell()) {
			this.cells.removeLast();
			this.cells.addLast(new Second(old.at, last.counts.plus(old.counts)));
		}
		else {
			this.cells.addLast(old);
		}
	}

	private record Second(long at, Counts counts) {

		long cell() {
			return this.at / CELL_SECONDS;
		}

		long middle() {
			return cell() * CELL_SECONDS + CELL_SECONDS / 2;
		}

	}

}
