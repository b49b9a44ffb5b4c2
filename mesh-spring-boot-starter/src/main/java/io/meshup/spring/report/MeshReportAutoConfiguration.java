package io.meshup.spring.report;

import io.meshup.control.RegistryClient;
import io.meshup.spring.MeshActivation;
import io.meshup.spring.MeshAutoConfiguration;
import io.meshup.traffic.TrafficEngine;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * The report of what is active: the log line, the actuator endpoint and the health
 * contributor. Also where the mesh is off, to say why. The conditions of Boot's actuator
 * stand one level below those on its classes: they cannot even be read where it is
 * missing.
 */
@AutoConfiguration(after = MeshAutoConfiguration.class)
public final class MeshReportAutoConfiguration {

	@Bean
	MeshReport meshReport(Environment environment, ConfigurableListableBeanFactory beans) {
		return new MeshReport(MeshActivation.of(environment), beans, new InactiveParts(beans));
	}

	@Bean
	MeshSummary meshSummary(MeshReport report) {
		return new MeshSummary(report);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ Endpoint.class, ConditionalOnAvailableEndpoint.class })
	static class EndpointConfiguration {

		@Configuration(proxyBeanMethods = false)
		@ConditionalOnAvailableEndpoint(MeshEndpoint.class)
		static class ActuatorEndpointConfiguration {

			@Bean
			@ConditionalOnMissingBean
			MeshEndpoint meshEndpoint(MeshReport report) {
				return new MeshEndpoint(report);
			}

		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
	static class HealthConfiguration {

		@Configuration(proxyBeanMethods = false)
		@ConditionalOnEnabledHealthIndicator("mesh")
		@ConditionalOnBean(RegistryClient.class)
		static class HealthContributorConfiguration {

			@Bean
			@ConditionalOnMissingBean(name = "meshHealthIndicator")
			MeshHealthIndicator meshHealthIndicator(RegistryClient registry, TrafficEngine engine) {
				return new MeshHealthIndicator(registry, engine);
			}

		}

	}

}
