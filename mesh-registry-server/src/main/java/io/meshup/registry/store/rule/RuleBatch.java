package io.meshup.registry.store.rule;

import java.util.List;

/**
 * Changes that are made all or not at all.
 */
@FunctionalInterface
public interface RuleBatch {

	/**
	 * Decides on the writer thread what to change, so that no other write comes between
	 * the check and the change. Must not block.
	 * @param present the rules as the writes before have left them
	 * @return the changes; empty when there is nothing to do
	 * @throws io.meshup.registry.problem.ApiProblem when the batch cannot be made
	 */
	List<RuleChange> decide(RuleSet present);

}
