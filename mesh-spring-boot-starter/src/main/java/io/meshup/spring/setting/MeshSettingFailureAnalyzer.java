package io.meshup.spring.setting;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Tells in a few lines which setting of the mesh is wrong. Before Boot's own analyzers,
 * which see only that binding failed.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class MeshSettingFailureAnalyzer extends AbstractFailureAnalyzer<MeshSettingException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, MeshSettingException cause) {
		return new FailureAnalysis(cause.getMessage(), cause.action(), cause);
	}

}
