package io.meshup.registry.security.credential;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Tells who starts the registry what is wrong with a credential.
 */
final class CredentialFailureAnalyzer extends AbstractFailureAnalyzer<CredentialException> {

	@Override
	protected FailureAnalysis analyze(Throwable root, CredentialException cause) {
		return new FailureAnalysis(cause.getMessage(), cause.action(), cause);
	}

}
