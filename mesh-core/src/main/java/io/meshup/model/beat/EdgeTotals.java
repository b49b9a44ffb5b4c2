package io.meshup.model.beat;

import java.util.List;

import io.meshup.model.BreakerState;
import org.jspecify.annotations.Nullable;

/**
 * What one instance has counted on its calls to one version of one service. Counts are
 * running totals of the reporting process's incarnation, so a lost report loses nothing.
 *
 * @param source {@code (outside)} when a callee counts a request that came from no mesh
 * participant, else {@code null}: the reporting instance itself is the source
 * @param to the service called
 * @param toVersion its version
 * @param requests attempts sent
 * @param errors attempts that failed or were answered with a status of 500 or more
 * @param retries attempts that were not the first of their call
 * @param breaker the breaker for that version at this caller
 * @param ejected ids of the instances that this caller leaves out at present
 * @param latency a compressed HdrHistogram of microseconds in Base64, empty when nothing
 * was measured
 * @param laneLost calls that carried no lane although the request that they belong to
 * came in one
 */
public record EdgeTotals(@Nullable String source, String to, String toVersion, long requests, long errors, long retries,
		BreakerState breaker, List<String> ejected, String latency, long laneLost) {

	/**
	 * The source of requests that no mesh participant sent.
	 */
	public static final String OUTSIDE = "(outside)";

	@SuppressWarnings({ "ConstantValue", "NullAway" })
	public EdgeTotals {
		breaker = (breaker != null) ? breaker : BreakerState.CLOSED;
		ejected = (ejected != null) ? List.copyOf(ejected) : List.of();
		latency = (latency != null) ? latency : "";
		if (Math.min(Math.min(requests, errors), Math.min(retries, laneLost)) < 0) {
			throw new IllegalArgumentException(
					"'requests', 'errors', 'retries' and 'laneLost' must not be negative but were " + requests + ", "
							+ errors + ", " + retries + " and " + laneLost);
		}
	}

}
