package io.meshup.registry.insight;

import io.meshup.model.beat.EdgeTotals;

/**
 * Who calls whom.
 *
 * @param source the caller
 * @param destination the called
 */
record EdgeKey(Endpoint source, Endpoint destination) {

	static EdgeKey of(Endpoint reporter, EdgeTotals edge) {
		Endpoint source = (edge.source() != null) ? new Endpoint(EdgeTotals.OUTSIDE, "") : reporter;
		return new EdgeKey(source, new Endpoint(edge.to(), edge.toVersion()));
	}

}
