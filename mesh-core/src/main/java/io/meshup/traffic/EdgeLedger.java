package io.meshup.traffic;

import java.util.List;

import io.meshup.model.EdgeTotals;

/**
 * Counts what this process sends to each version of each service, and what arrives from
 * outside the mesh, as running totals. Thread-safe.
 */
public final class EdgeLedger {

	EdgeLedger() {
	}

	/**
	 * The edges that changed since they were last acknowledged.
	 * @return their running totals
	 */
	public List<EdgeTotals> changes() {
		return List.of();
	}

	/**
	 * The registry has these; they are not reported again until they change.
	 * @param sent what {@link #changes()} returned
	 */
	public void acknowledge(List<EdgeTotals> sent) {
	}

	/**
	 * Counts a request that no participant of the mesh sent.
	 * @param service the service it arrived at
	 * @param version the version it arrived at
	 * @param status how it was answered
	 * @param micros how long that took
	 */
	public void countOutside(String service, String version, int status, long micros) {
	}

}
