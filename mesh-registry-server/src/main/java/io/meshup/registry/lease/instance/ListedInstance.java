package io.meshup.registry.lease.instance;

import java.time.Instant;
import java.util.List;

import io.meshup.model.Instance;
import io.meshup.model.beat.Beat;
import io.meshup.model.beat.RejectedRule;

/**
 * An instance as operators see it. Immutable.
 *
 * @param instance what callers see
 * @param registeredAt when this registry first heard of it
 * @param lastBeat when it last beat
 * @param applied the revision up to which all that it watches is in force there
 * @param busy draining instances, as {@code service/id}, that it has chosen for requests
 * which they have not begun to answer
 * @param rejected the rules that it could not use
 */
public record ListedInstance(Instance instance, Instant registeredAt, Instant lastBeat, long applied, List<String> busy,
		List<RejectedRule> rejected) {

	public static ListedInstance of(String id, Instant registeredAt, Instant lastBeat, Beat beat) {
		return new ListedInstance(beat.instance(id), registeredAt, lastBeat, beat.applied(), beat.busy(),
				beat.rejected());
	}

	public ListedInstance withApplied(long revision) {
		return new ListedInstance(this.instance, this.registeredAt, this.lastBeat, revision, this.busy, this.rejected);
	}

	public ListedInstance withInstance(Instance other) {
		return new ListedInstance(other, this.registeredAt, this.lastBeat, this.applied, this.busy, this.rejected);
	}

}
