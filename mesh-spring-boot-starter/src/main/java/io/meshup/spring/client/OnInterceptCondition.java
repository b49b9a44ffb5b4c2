package io.meshup.spring.client;

import java.util.Map;

import io.meshup.spring.setting.MeshProperties.Intercept;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Matches where {@code mesh.client.intercept} includes the clients of an
 * {@link ConditionalOnIntercept}.
 */
final class OnInterceptCondition extends SpringBootCondition {

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		Map<String, Object> attributes = metadata.getAnnotationAttributes(ConditionalOnIntercept.class.getName());
		Intercept wanted = (attributes != null) ? (Intercept) attributes.get("value") : Intercept.LOAD_BALANCED;
		Intercept set = intercept(context.getEnvironment());
		boolean matches = (set == Intercept.ALL) || (set == wanted && set != Intercept.NONE);
		return new ConditionOutcome(matches,
				ConditionMessage.forCondition("Mesh clients").because("mesh.client.intercept is " + set));
	}

	private static Intercept intercept(Environment environment) {
		return Binder.get(environment).bind("mesh.client.intercept", Intercept.class).orElse(Intercept.ALL);
	}

}
