package io.meshup.spring;

import java.util.function.Supplier;

import io.meshup.model.Instance;
import io.meshup.spring.instance.InstanceConfiguration;
import io.meshup.spring.instance.OwnInstance;
import io.meshup.spring.registry.RegistryConfiguration;
import io.meshup.spring.registry.UsedServices;
import io.meshup.spring.setting.MeshProperties;
import io.meshup.traffic.TrafficEngine;
import io.meshup.traffic.door.InboundGate;
import io.meshup.traffic.event.TrafficListener;
import io.meshup.traffic.table.ServiceTable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Import;

/**
 * The engine, the connection to the registry and the membership of this application. The
 * engine depends on the connection, not the other way round, so that whoever gets the
 * engine gets one that is being told of the services.
 */
@AutoConfiguration
@Conditional(OnMeshCondition.class)
@EnableConfigurationProperties(MeshProperties.class)
@Import({ InstanceConfiguration.class, RegistryConfiguration.class })
public final class MeshAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	ServiceTable meshServiceTable(MeshProperties properties, ObjectProvider<ServiceTableCustomizer> customizers) {
		ServiceTable.Builder builder = ServiceTable.builder().zone(properties.instance().zone());
		properties.services().forEach((name, outside) -> builder.fixed(name, outside.instances()));
		customizers.orderedStream().forEach((customizer) -> customizer.customize(builder));
		return builder.build();
	}

	@Bean
	@ConditionalOnMissingBean
	TrafficEngine meshTrafficEngine(OwnInstance own, MeshProperties properties, UsedServices used, ServiceTable table,
			ObjectProvider<TrafficListener> listeners) {
		TrafficEngine.Builder builder = TrafficEngine.builder(own.service())
			.table(table)
			.interest(used)
			.explained(properties.explain().allowed());
		listeners.orderedStream().forEach(builder::listener);
		return builder.build();
	}

	@Bean
	@ConditionalOnMissingBean
	InboundGate meshInboundGate(TrafficEngine engine, MeshProperties properties, OwnInstance own) {
		String version = properties.instance().version();
		Supplier<String> address = () -> own.current().map(Instance::authority).orElse("");
		MeshProperties.AdaptiveConcurrency limit = properties.inbound().adaptiveConcurrency();
		return limit.enabled() ? engine.inbound(version, address, limit.min(), limit.max())
				: engine.inbound(version, address);
	}

}
