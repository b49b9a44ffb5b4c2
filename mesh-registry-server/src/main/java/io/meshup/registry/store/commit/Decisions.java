package io.meshup.registry.store.commit;

import java.util.Map;

import io.meshup.registry.store.rule.RuleCommit;

/**
 * What becomes of the batches of one commit. Used by the writer thread alone.
 *
 * @param made the outcome of each batch that goes in
 * @param refused why each other one does not
 */
public record Decisions(Map<PendingWrite, RuleCommit> made, Map<PendingWrite, Throwable> refused) {

	/**
	 * Answers the batches that refused themselves.
	 */
	public void refuse() {
		this.refused.forEach((write, reason) -> write.sink().error(reason));
	}

	/**
	 * Answers the batches that were kept.
	 * @param present the registry's revision, for a batch that changed nothing
	 */
	public void succeed(long present) {
		this.made.forEach((write, commit) -> write.sink().success(commit.orAt(present)));
	}

	/**
	 * Tells those who wait that nothing was kept; nobody hears anything after it.
	 * @param reason why
	 */
	public void fail(Throwable reason) {
		this.made.keySet().forEach((write) -> write.sink().error(reason));
		this.made.clear();
	}

}
