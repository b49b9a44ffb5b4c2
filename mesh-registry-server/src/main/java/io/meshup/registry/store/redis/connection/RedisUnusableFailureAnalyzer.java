package io.meshup.registry.store.redis.connection;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Shows why Redis cannot be used, and what to do, in the place of a stack trace.
 */
public final class RedisUnusableFailureAnalyzer extends AbstractFailureAnalyzer<RedisUnusableException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, RedisUnusableException cause) {
		return new FailureAnalysis(String.valueOf(cause.getMessage()), cause.action(), cause);
	}

}
