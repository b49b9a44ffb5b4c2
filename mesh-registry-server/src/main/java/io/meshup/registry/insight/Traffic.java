package io.meshup.registry.insight;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import io.meshup.model.BreakerState;
import io.meshup.model.beat.Beat;
import io.meshup.registry.insight.edge.Counts;
import io.meshup.registry.insight.edge.EdgeKey;
import io.meshup.registry.insight.edge.EdgeSeries;
import io.meshup.registry.insight.edge.Endpoint;
import io.meshup.registry.lease.beat.BeatListener;
import io.meshup.registry.lease.instance.LeaseKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The traffic of the last five minutes. Thread-safe; a report holds the lock for
 * microseconds, because it is decoded before.
 */
final class Traffic implements BeatListener, CallerReports {

	private static final Logger logger = LoggerFactory.getLogger(Traffic.class);

	/**
	 * What an edge with 84 histograms of some 100 buckets takes, rather more than less.
	 */
	private static final long BYTES_OF_AN_EDGE = 170 * 1024;

	private static final long ALIVE_SECONDS = 10;

	/** By then every process that was there before this registry has beaten. */
	private static final long SETTLED_SECONDS = 5;

	private final LongSupplier nanoClock;

	private final long startNanos;

	private final long maxEdges;

	private final Map<LeaseKey, Reporter> reporters = new HashMap<>();

	private final Map<EdgeKey, EdgeSeries> series = new HashMap<>();

	private long forgottenAt;

	private long firstBeatAt = -1;

	private boolean isFull;

	/**
	 * Counts as many edges as a quarter of the heap can hold.
	 * @param nanoClock the time
	 * @param most how many at most
	 * @param heapBytes the size of the heap
	 */
	Traffic(LongSupplier nanoClock, long most, long heapBytes) {
		this.maxEdges = Math.max(100, Math.min(most, heapBytes / 4 / BYTES_OF_AN_EDGE));
		this.nanoClock = nanoClock;
		this.startNanos = nanoClock.getAsLong();
		this.forgottenAt = second();
	}

	@Override
	public void onBeat(LeaseKey key, Beat beat) {
		Map<EdgeKey, Reporter.Report> edges = Reporter.read(new Endpoint(key.service(), beat.version()), beat.edges());
		synchronized (this) {
			long now = second();
			forget(now);
			Reporter reporter = this.reporters.get(key);
			if (reporter == null || !reporter.is(beat.incarnation())) {
				reporter = new Reporter(beat.incarnation(), now, !isSettled(now));
				this.reporters.put(key, reporter);
			}
			reporter.report(now, edges, (edge, counts) -> add(now, edge, counts));
		}
	}

	/**
	 * The edges with traffic in a window.
	 * @param windowSeconds how far back
	 * @return in the order of their names
	 */
	List<EdgeView> edges(long windowSeconds) {
		return rows(windowSeconds).stream()
			.map(Row::view)
			.filter((edge) -> edge.rate() > 0)
			.sorted(Comparator.comparing((EdgeView edge) -> edge.source().toString() + edge.destination()))
			.toList();
	}

	// What takes time, adding up, is done outside the lock: beats need it too.
	private synchronized List<Row> rows(long windowSeconds) {
		long now = second();
		forget(now);
		Map<EdgeKey, State> states = states(now);
		return this.series.entrySet()
			.stream()
			.map((entry) -> new Row(entry.getKey(), entry.getValue().within(now, windowSeconds),
					entry.getValue().span(now, windowSeconds), states.getOrDefault(entry.getKey(), new State())))
			.toList();
	}

	@Override
	public synchronized List<CallerReport> of(String service) {
		long now = second();
		List<CallerReport> reports = new ArrayList<>();
		this.reporters.forEach((caller, reporter) -> {
			if (now - reporter.lastSecond() <= ALIVE_SECONDS) {
				reporter.eachState((edge, report) -> {
					if (edge.destination().service().equals(service)
							&& edge.source().service().equals(caller.service())) {
						reports.add(new CallerReport(caller.service(), caller.id(), edge.destination().version(),
								report.breaker(), report.ejected()));
					}
				});
			}
		});
		return reports;
	}

	private boolean isSettled(long now) {
		if (this.firstBeatAt < 0) {
			this.firstBeatAt = now;
		}
		return now - this.firstBeatAt > SETTLED_SECONDS;
	}

	private void add(long now, EdgeKey edge, Counts counts) {
		if (counts.requests() == 0 && counts.laneLost() == 0) {
			return;
		}
		EdgeSeries edgeSeries = this.series.get(edge);
		if (edgeSeries == null && this.series.size() >= this.maxEdges) {
			if (!this.isFull) {
				this.isFull = true;
				logger.warn(
						"More than {} edges: further ones are left out of the topology. A larger heap (-Xmx) makes room "
								+ "for more, up to 'mesh.registry.limits.edges'",
						this.maxEdges);
			}
			return;
		}
		if (edgeSeries == null) {
			edgeSeries = new EdgeSeries(now);
			this.series.put(edge, edgeSeries);
		}
		edgeSeries.add(now, counts);
	}

	private Map<EdgeKey, State> states(long now) {
		Map<EdgeKey, State> states = new HashMap<>();
		for (Reporter reporter : this.reporters.values()) {
			if (now - reporter.lastSecond() <= ALIVE_SECONDS) {
				reporter.eachState((edge, report) -> states.computeIfAbsent(edge, (key) -> new State()).add(report));
			}
		}
		return states;
	}

	private void forget(long now) {
		if (now == this.forgottenAt) {
			return;
		}
		this.forgottenAt = now;
		this.series.values().removeIf((edge) -> edge.forget(now));
		this.reporters.values().removeIf((reporter) -> now - reporter.lastSecond() > EdgeSeries.KEPT_SECONDS);
		this.isFull = this.isFull && this.series.size() >= this.maxEdges;
	}

	private long second() {
		return TimeUnit.NANOSECONDS.toSeconds(this.nanoClock.getAsLong() - this.startNanos);
	}

	private record Row(EdgeKey key, List<Counts> counts, long seconds, State state) {

		EdgeView view() {
			return EdgeView.of(this.key, Counts.sum(this.counts), this.seconds, this.state);
		}

	}

	/** What the callers of one edge say at present. */
	static final class State {

		private static final List<BreakerState> WORST_FIRST = List.of(BreakerState.OPEN, BreakerState.HALF_OPEN,
				BreakerState.CLOSED);

		private final Set<String> ejected = new HashSet<>();

		private BreakerState breaker = BreakerState.CLOSED;

		void add(Reporter.Report report) {
			this.ejected.addAll(report.ejected());
			if (WORST_FIRST.indexOf(report.breaker()) < WORST_FIRST.indexOf(this.breaker)) {
				this.breaker = report.breaker();
			}
		}

		BreakerState breaker() {
			return this.breaker;
		}

		int ejected() {
			return this.ejected.size();
		}

	}

}
