package io.meshup.spring;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Matches where this application is part of the mesh.
 */
final class OnMeshCondition extends SpringBootCondition {

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		MeshActivation activation = MeshActivation.of(context.getEnvironment());
		return new ConditionOutcome(activation.active(),
				ConditionMessage.forCondition("Mesh").because(activation.reason()));
	}

}
