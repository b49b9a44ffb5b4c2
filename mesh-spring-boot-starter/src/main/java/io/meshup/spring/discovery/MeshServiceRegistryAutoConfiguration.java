package io.meshup.spring.discovery;

import io.meshup.spring.MeshAutoConfiguration;
import io.meshup.spring.instance.MeshMembership;
import io.meshup.spring.instance.OwnInstance;
import io.meshup.spring.report.MeshPart;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.cloud.client.serviceregistry.AutoServiceRegistration;
import org.springframework.cloud.client.serviceregistry.AutoServiceRegistrationAutoConfiguration;
import org.springframework.cloud.client.serviceregistry.Registration;
import org.springframework.cloud.client.serviceregistry.ServiceRegistry;
import org.springframework.cloud.client.serviceregistry.ServiceRegistryAutoConfiguration;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;

/**
 * Service registry and registration of Spring Cloud Commons over the mesh. Backs off as a
 * whole where another registry's starter has brought its own, for Spring Cloud knows only
 * one: the application is then in both registries, and these beans are the other's.
 */
@AutoConfiguration(after = MeshAutoConfiguration.class,
		afterName = { "org.springframework.cloud.netflix.eureka.EurekaClientAutoConfiguration",
				"org.springframework.cloud.consul.serviceregistry.ConsulServiceRegistryAutoConfiguration",
				"org.springframework.cloud.zookeeper.serviceregistry.ZookeeperServiceRegistryAutoConfiguration" },
		before = { ServiceRegistryAutoConfiguration.class, AutoServiceRegistrationAutoConfiguration.class })
@ConditionalOnClass(ServiceRegistry.class)
@ConditionalOnBean(MeshMembership.class)
@ConditionalOnMissingBean(ServiceRegistry.class)
public final class MeshServiceRegistryAutoConfiguration {

	@Bean
	MeshServiceRegistry meshServiceRegistry(OwnInstance own, MeshMembership membership) {
		return new MeshServiceRegistry(own, membership);
	}

	@Bean
	@ConditionalOnMissingBean(Registration.class)
	MeshRegistration meshRegistration(OwnInstance own) {
		return new MeshRegistration(own);
	}

	@Bean
	@ConditionalOnMissingBean(AutoServiceRegistration.class)
	@ConditionalOnProperty(name = "spring.cloud.service-registry.auto-registration.enabled", matchIfMissing = true)
	MeshAutoServiceRegistration meshAutoServiceRegistration(Registration registration,
			ApplicationEventPublisher publisher) {
		return new MeshAutoServiceRegistration(registration, publisher);
	}

	@Bean
	MeshPart meshServiceRegistryPart() {
		return MeshPart.active("service-registry", "ServiceRegistry and Registration speak for this application.");
	}

}
