package io.meshup.registry.store.ledger;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Shows what is wrong with the data directory, and what to do, in the place of a stack
 * trace.
 */
final class StoreUnusableFailureAnalyzer extends AbstractFailureAnalyzer<StoreUnusableException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, StoreUnusableException cause) {
		return new FailureAnalysis(String.valueOf(cause.getMessage()), cause.action(), cause);
	}

}
