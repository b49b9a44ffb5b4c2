package io.meshup.registry.limit;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Tells who starts the registry which limits cannot be what they are set to. Before
 * Boot's own analyzers, which see only that binding failed.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class LimitFailureAnalyzer extends AbstractFailureAnalyzer<LimitException> {

	@Override
	protected FailureAnalysis analyze(Throwable root, LimitException cause) {
		return new FailureAnalysis(cause.getMessage(),
				"Set each to a value within its bounds, or leave it out for its default (docs/operations.md lists all).",
				cause);
	}

}
