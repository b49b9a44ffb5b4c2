package io.meshup.registry.insight.edge;

import io.meshup.model.beat.EdgeTotals;

/**
 * Who calls whom.
 *
 * @param source the caller
 * @param destination the called
 */
public record EdgeKey(Endpoint source, Endpoint destination) {

	public static EdgeKey of(Endpoint reporter, EdgeTotals edge) {
		Endpoint source = (edge.source() != null) ? new Endpoint(EdgeTotals.OUTSIDE, "") : reporter;
		return new EdgeKey(source, new Endpoint(edge.to(), edge.toVersion()));
	}

}
