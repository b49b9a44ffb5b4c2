package io.meshup.registry.lease;

import java.time.Instant;
import java.util.List;

import io.meshup.model.Instance;
import io.meshup.model.RejectedRule;

/**
 * An instance as operators see it. Immutable.
 *
 * @param instance what callers see
 * @param registeredAt when this registry first heard of it
 * @param lastBeat when it last beat
 * @param applied the revision up to which all that it watches is in force there
 * @param rejected the rules that it could not use
 */
public record ListedInstance(Instance instance, Instant registeredAt, Instant lastBeat, long applied,
		List<RejectedRule> rejected) {

	ListedInstance withInstance(Instance other) {
		return new ListedInstance(other, this.registeredAt, this.lastBeat, this.applied, this.rejected);
	}

}
