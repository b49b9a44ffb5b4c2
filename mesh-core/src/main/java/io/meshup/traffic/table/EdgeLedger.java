package io.meshup.traffic.table;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import io.meshup.model.beat.EdgeTotals;
import org.jspecify.annotations.Nullable;

/**
 * Counts what this process sends to each version of each service, and what arrives from
 * outside the mesh, as running totals. Thread-safe.
 */
public final class EdgeLedger {

	/**
	 * After so many beats without a call, and without an instance to call, an edge is
	 * packed.
	 */
	static final int BEATS_UNTIL_PACKED = 60;

	private final Map<Key, Edge> edges = new ConcurrentHashMap<>();

	private final Function<String, ServiceView> views;

	EdgeLedger(Function<String, ServiceView> views) {
		this.views = views;
	}

	/**
	 * The edges that changed since they were last acknowledged.
	 * @return their running totals, ordered by service and version
	 */
	public List<EdgeTotals> changes() {
		return this.edges.values()
			.stream()
			.map((edge) -> edge.changed(this.views))
			.filter(Objects::nonNull)
			.sorted(Comparator.comparing(EdgeTotals::to).thenComparing(EdgeTotals::toVersion))
			.toList();
	}

	/**
	 * The registry has these; they are not reported again until they change.
	 * @param sent what {@link #changes()} returned
	 */
	public void acknowledge(List<EdgeTotals> sent) {
		for (EdgeTotals totals : sent) {
			Edge edge = this.edges.get(new Key(totals.source(), totals.to(), totals.toVersion()));
			if (edge != null) {
				edge.acknowledge(totals);
			}
		}
	}

	/**
	 * Counts a request that no participant of the mesh sent.
	 * @param service the service it arrived at
	 * @param version the version it arrived at
	 * @param status how it was answered
	 * @param micros how long that took
	 */
	public void countOutside(String service, String version, int status, long micros) {
		edge(EdgeTotals.OUTSIDE, service, version).count(status >= 500, micros);
	}

	long footprint() {
		return this.edges.values().stream().mapToLong(Edge::footprint).sum();
	}

	Edge edge(String service, String version) {
		return edge(null, service, version);
	}

	private Edge edge(@Nullable String source, String service, String version) {
		return this.edges.computeIfAbsent(new Key(source, service, version), Edge::new);
	}

	record Key(@Nullable String source, String service, String version) {
	}

}
