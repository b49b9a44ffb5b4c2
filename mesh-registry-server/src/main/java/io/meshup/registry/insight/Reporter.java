package io.meshup.registry.insight;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

import io.meshup.model.BreakerState;
import io.meshup.model.beat.EdgeTotals;
import io.meshup.registry.insight.edge.Counts;
import io.meshup.registry.insight.edge.EdgeKey;
import io.meshup.registry.insight.edge.Endpoint;

/**
 * The last totals of one process, so that its next ones can be told apart from them. Not
 * thread-safe.
 */
final class Reporter {

	private static final long PLAUSIBLE_PER_SECOND = 20_000;

	private final String incarnation;

	private final long firstSecond;

	private final boolean mayBeOld;

	private final Map<EdgeKey, Report> known = new HashMap<>();

	private long lastSecond;

	/**
	 * Makes the memory of a process that beats for the first time here.
	 * @param incarnation the process
	 * @param second the present
	 * @param mayBeOld whether it may have counted under the registry before this one
	 */
	Reporter(String incarnation, long second, boolean mayBeOld) {
		this.incarnation = incarnation;
		this.firstSecond = second;
		this.mayBeOld = mayBeOld;
		this.lastSecond = second - 1;
	}

	boolean is(String other) {
		return this.incarnation.equals(other);
	}

	long lastSecond() {
		return this.lastSecond;
	}

	/**
	 * Takes a report.
	 * @param second the present
	 * @param edges the totals, by edge
	 * @param news gets what is new per edge
	 */
	void report(long second, Map<EdgeKey, Report> edges, BiConsumer<EdgeKey, Counts> news) {
		boolean isFirst = this.lastSecond < this.firstSecond;
		this.lastSecond = second;
		edges.forEach((key, report) -> {
			Report before = this.known.get(key);
			if (before != null && report.counts.isOlderThan(before.counts)) {
				return;
			}
			this.known.put(key, report);
			Counts base = (before != null) ? before.counts : base(second, report.counts, isFirst);
			news.accept(key, report.counts.since(base));
		});
	}

	void eachState(BiConsumer<EdgeKey, Report> visitor) {
		this.known.forEach(visitor);
	}

	/*
	 * A process that this registry hears for the first time may have counted for hours,
	 * under the registry before: its first totals are where counting starts. What comes
	 * up later counts in full, unless it cannot have happened since, or the process may
	 * be older than this registry: a beat carries only the edges that changed, so the
	 * totals of a rarely used one come late.
	 */
	private Counts base(long second, Counts counts, boolean isFirst) {
		long plausible = (second - this.firstSecond + 1) * PLAUSIBLE_PER_SECOND;
		return (isFirst || this.mayBeOld || counts.requests() > plausible) ? counts : Counts.NONE;
	}

	static Map<EdgeKey, Report> read(Endpoint reporter, List<EdgeTotals> edges) {
		Map<EdgeKey, Report> reports = new LinkedHashMap<>();
		for (EdgeTotals edge : edges) {
			reports.put(EdgeKey.of(reporter, edge), new Report(Counts.of(edge), edge.breaker(), edge.ejected()));
		}
		return reports;
	}

	/**
	 * What a beat says of one edge.
	 *
	 * @param counts totals
	 * @param breaker the caller's breaker
	 * @param ejected the instances that the caller leaves out
	 */
	record Report(Counts counts, BreakerState breaker, List<String> ejected) {
	}

}
