package io.meshup.registry.rule;

import java.util.Optional;

import io.meshup.registry.limit.RegistryLimits;
import io.meshup.registry.rule.check.RuleValidator;
import io.meshup.registry.rule.check.RunningVersions;
import io.meshup.registry.rule.schema.RuleSchemas;
import io.meshup.registry.store.MeshStore;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Puts the rules API in place.
 */
@Configuration(proxyBeanMethods = false)
public class RuleConfiguration {

	@Bean
	RuleSchemas ruleSchemas(RegistryLimits limits) {
		return new RuleSchemas(limits);
	}

	@Bean
	RuleService ruleService(MeshStore store, RuleSchemas schemas, ObjectProvider<RunningVersions> running) {
		return new RuleService(store, new RuleValidator(schemas, Optional.ofNullable(running.getIfAvailable())));
	}

}
