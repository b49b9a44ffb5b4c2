package io.meshup.registry.store.commit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.meshup.registry.store.Fact;
import io.meshup.registry.store.rule.RuleBatch;
import io.meshup.registry.store.rule.RuleChange;
import io.meshup.registry.store.rule.RuleCommit;
import reactor.core.publisher.MonoSink;

/**
 * A batch and who waits for it.
 *
 * @param batch what to do to the rules
 * @param facts what to keep besides
 * @param sink takes the outcome
 */
public record PendingWrite(RuleBatch batch, List<Fact> facts, MonoSink<RuleCommit> sink) {

	static PendingWrite of(RuleBatch batch, MonoSink<RuleCommit> sink) {
		return new PendingWrite(batch, List.of(), sink);
	}

	static PendingWrite of(List<Fact> facts, MonoSink<RuleCommit> sink) {
		return new PendingWrite((present) -> List.of(), List.copyOf(facts), sink);
	}

	/**
	 * Lets each batch decide. It gets the rules as it has left them, not as a later one
	 * of the same commit does.
	 * @param waiting the batches
	 * @param transaction takes their changes
	 * @return what becomes of each batch once the transaction is kept
	 */
	public static Decisions decide(List<PendingWrite> waiting, Transaction transaction) {
		Map<PendingWrite, RuleCommit> made = new LinkedHashMap<>();
		Map<PendingWrite, Throwable> refused = new LinkedHashMap<>();
		for (PendingWrite write : waiting) {
			try {
				List<RuleChange> changes = write.batch().decide(transaction.rules());
				changes.forEach(transaction::change);
				write.facts().forEach(transaction::keep);
				long revision = changes.isEmpty() ? RuleCommit.UNCHANGED : transaction.revision();
				made.put(write, new RuleCommit(revision, transaction.rules()));
			}
			catch (RuntimeException | Error ex) {
				refused.put(write, ex);
			}
		}
		return new Decisions(made, refused);
	}

}
