package io.meshup.spring.discovery;

import io.meshup.spring.MeshAutoConfiguration;
import io.meshup.spring.report.MeshPart;
import io.meshup.traffic.TrafficEngine;
import io.meshup.traffic.table.ServiceTable;
import reactor.core.publisher.Flux;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.cloud.client.CommonsClientAutoConfiguration;
import org.springframework.cloud.client.ConditionalOnBlockingDiscoveryEnabled;
import org.springframework.cloud.client.ConditionalOnDiscoveryEnabled;
import org.springframework.cloud.client.ConditionalOnReactiveDiscoveryEnabled;
import org.springframework.cloud.client.ReactiveCommonsClientAutoConfiguration;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.client.discovery.simple.SimpleDiscoveryClientAutoConfiguration;
import org.springframework.cloud.client.discovery.simple.reactive.SimpleReactiveDiscoveryClientAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Discovery clients of Spring Cloud Commons over the mesh.
 */
@AutoConfiguration(after = MeshAutoConfiguration.class,
		before = { CommonsClientAutoConfiguration.class, ReactiveCommonsClientAutoConfiguration.class,
				SimpleDiscoveryClientAutoConfiguration.class, SimpleReactiveDiscoveryClientAutoConfiguration.class })
@ConditionalOnClass(DiscoveryClient.class)
@ConditionalOnBean(ServiceTable.class)
@ConditionalOnDiscoveryEnabled
public final class MeshDiscoveryAutoConfiguration {

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBlockingDiscoveryEnabled
	static class BlockingDiscoveryConfiguration {

		@Bean
		@ConditionalOnMissingBean
		MeshDiscoveryClient meshDiscoveryClient(ServiceTable table, ObjectProvider<TrafficEngine> engine) {
			return new MeshDiscoveryClient(new InstanceChoice(table, engine));
		}

		@Bean
		MeshPart meshDiscoveryPart() {
			return MeshPart.active("blocking-discovery", "DiscoveryClient lists the services of the mesh.");
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(Flux.class)
	@ConditionalOnReactiveDiscoveryEnabled
	static class ReactiveDiscoveryConfiguration {

		@Bean
		@ConditionalOnMissingBean
		MeshReactiveDiscoveryClient meshReactiveDiscoveryClient(ServiceTable table,
				ObjectProvider<TrafficEngine> engine) {
			return new MeshReactiveDiscoveryClient(new InstanceChoice(table, engine));
		}

		@Bean
		MeshPart meshReactiveDiscoveryPart() {
			return MeshPart.active("reactive-discovery", "ReactiveDiscoveryClient lists the services of the mesh.");
		}

	}

}
