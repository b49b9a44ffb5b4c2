package io.meshup.spring.instance;

import io.meshup.control.RegistryClient;
import io.meshup.spring.drain.Departure;
import io.meshup.spring.drain.DrainListener;
import io.meshup.spring.drain.ShutdownLimit;
import io.meshup.spring.setting.MeshProperties;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.DefaultLifecycleProcessor;
import org.springframework.core.env.Environment;

/**
 * This instance, and its joining and leaving.
 */
@Configuration(proxyBeanMethods = false)
public final class InstanceConfiguration {

	private static final String AUTO_REGISTRATION = "spring.cloud.service-registry.auto-registration.enabled";

	@Bean
	@ConditionalOnMissingBean
	OwnInstance meshOwnInstance(MeshProperties properties, Environment environment) {
		return new OwnInstance(OwnName.require(environment), properties, ServerAddress.of(environment));
	}

	@Bean
	@ConditionalOnMissingBean
	MeshMembership meshMembership(OwnInstance own, RegistryClient registry, MeshProperties properties,
			ObjectProvider<DrainListener> listeners) {
		return new MeshMembership(own, registry,
				new Departure(registry, properties.drain(), listeners.orderedStream().toList()));
	}

	@Bean
	MeshLifecycle meshLifecycle(MeshMembership membership, Environment environment) {
		return new MeshLifecycle(membership, environment.getProperty(AUTO_REGISTRATION, Boolean.class, true));
	}

	@Bean
	MeshDeparture meshDeparture(MeshMembership membership) {
		return new MeshDeparture(membership);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(WebServerInitializedEvent.class)
	static class WebServerConfiguration {

		@Bean
		ShutdownLimit meshShutdownLimit(MeshProperties properties, Environment environment,
				ObjectProvider<DefaultLifecycleProcessor> processor) {
			return new ShutdownLimit(properties.drain(), environment.containsProperty(ShutdownLimit.OWN_SETTING),
					processor);
		}

		@Bean
		WebServerPort meshWebServerPort(OwnInstance own) {
			return new WebServerPort(own);
		}

	}

}
