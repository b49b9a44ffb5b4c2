package io.meshup.registry.lease.drain;

import java.time.Instant;
import java.util.List;

/**
 * A drain as operators see it. Immutable.
 *
 * @param scope {@code self} when the instance itself is leaving, else what the operator
 * has drained: {@code instance} or {@code version}
 * @param since when it began
 * @param by who began it, empty for the instance itself
 * @param revision what callers confirm; 0 while it is not published
 * @param callers how many are asked to confirm
 * @param confirmed how many have done so
 * @param awaiting who has not, of very many only some
 * @param done whether nobody is awaited any more
 */
public record DrainView(String scope, Instant since, String by, long revision, int callers, int confirmed,
		List<String> awaiting, boolean done) {
}
