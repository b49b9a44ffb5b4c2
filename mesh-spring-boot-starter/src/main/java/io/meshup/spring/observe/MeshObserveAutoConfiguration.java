package io.meshup.spring.observe;

import io.meshup.control.RegistryClient;
import io.meshup.spring.MeshAutoConfiguration;
import io.meshup.spring.report.MeshPart;
import io.meshup.traffic.TrafficEngine;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Metrics of the mesh.
 */
@AutoConfiguration(after = MeshAutoConfiguration.class)
@ConditionalOnBean(TrafficEngine.class)
public final class MeshObserveAutoConfiguration {

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterRegistry.class)
	static class MetricsConfiguration {

		@Bean
		@ConditionalOnMissingBean
		MeshMetrics meshMetrics() {
			return new MeshMetrics();
		}

		@Bean
		@ConditionalOnBean(RegistryClient.class)
		@ConditionalOnMissingBean
		RegistryMetrics meshRegistryMetrics(RegistryClient client) {
			return new RegistryMetrics(client);
		}

		@Bean
		MeshPart meshMetricsPart() {
			return MeshPart.active("metrics", "Times calls and attempts as " + CallMeters.CALLS + " and "
					+ CallMeters.ATTEMPTS + ", counts refused requests as " + CallMeters.REJECTED + ".");
		}

	}

}
