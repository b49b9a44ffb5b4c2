package io.meshup.spring;

import io.meshup.traffic.InboundGate;
import io.meshup.traffic.ServiceTable;
import io.meshup.traffic.TrafficEngine;
import io.meshup.traffic.TrafficListener;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * The engine of this application.
 */
@AutoConfiguration
@Conditional(OnMeshCondition.class)
@EnableConfigurationProperties(MeshProperties.class)
public final class MeshAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	OwnInstance meshOwnInstance(MeshProperties properties, Environment environment) {
		return new OwnInstance(OwnName.require(environment), properties, ServerAddress.of(environment));
	}

	@Bean
	@ConditionalOnMissingBean
	JoinToken meshJoinToken(MeshProperties properties) {
		return new JoinToken(properties.registry(), MeshHome.directory());
	}

	@Bean
	@ConditionalOnMissingBean
	ServiceTable meshServiceTable() {
		return ServiceTable.builder().build();
	}

	@Bean
	@ConditionalOnMissingBean
	TrafficEngine meshTrafficEngine(OwnInstance own, ServiceTable table, ObjectProvider<TrafficListener> listeners) {
		TrafficEngine.Builder builder = TrafficEngine.builder(own.service()).table(table);
		listeners.orderedStream().forEach(builder::listener);
		return builder.build();
	}

	@Bean
	@ConditionalOnMissingBean
	InboundGate meshInboundGate(TrafficEngine engine, MeshProperties properties) {
		return engine.inbound(properties.instance().version());
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(WebServerInitializedEvent.class)
	static class WebServerConfiguration {

		@Bean
		WebServerPort meshWebServerPort(OwnInstance own) {
			return new WebServerPort(own);
		}

	}

}
