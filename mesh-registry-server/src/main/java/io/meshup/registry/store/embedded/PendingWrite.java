package io.meshup.registry.store.embedded;

import java.util.List;

import io.meshup.registry.store.Fact;
import io.meshup.registry.store.RuleBatch;
import io.meshup.registry.store.RuleCommit;
import reactor.core.publisher.MonoSink;

/**
 * A batch and who waits for it.
 *
 * @param batch what to do to the rules
 * @param facts what to keep besides
 * @param sink takes the outcome
 */
record PendingWrite(RuleBatch batch, List<Fact> facts, MonoSink<RuleCommit> sink) {

	static PendingWrite of(RuleBatch batch, MonoSink<RuleCommit> sink) {
		return new PendingWrite(batch, List.of(), sink);
	}

	static PendingWrite of(List<Fact> facts, MonoSink<RuleCommit> sink) {
		return new PendingWrite((present) -> List.of(), List.copyOf(facts), sink);
	}

}
