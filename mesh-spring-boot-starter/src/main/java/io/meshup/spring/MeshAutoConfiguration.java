package io.meshup.spring;

import java.util.List;
import java.util.function.Supplier;

import io.meshup.control.RegistryClient;
import io.meshup.control.link.RegistryListener;
import io.meshup.model.Instance;
import io.meshup.model.ServiceName;
import io.meshup.traffic.TrafficEngine;
import io.meshup.traffic.door.InboundGate;
import io.meshup.traffic.event.TrafficListener;
import io.meshup.traffic.table.ServiceTable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.DefaultLifecycleProcessor;
import org.springframework.core.env.Environment;

/**
 * The engine, the connection to the registry and the membership of this application. The
 * engine depends on the connection, not the other way round, so that whoever gets the
 * engine gets one that is being told of the services.
 */
@AutoConfiguration
@Conditional(OnMeshCondition.class)
@EnableConfigurationProperties(MeshProperties.class)
public final class MeshAutoConfiguration {

	private static final String AUTO_REGISTRATION = "spring.cloud.service-registry.auto-registration.enabled";

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
	ServiceTable meshServiceTable(MeshProperties properties, ObjectProvider<ServiceTableCustomizer> customizers) {
		ServiceTable.Builder builder = ServiceTable.builder().zone(properties.instance().zone());
		properties.services().forEach((name, outside) -> builder.fixed(name, outside.instances()));
		customizers.orderedStream().forEach((customizer) -> customizer.customize(builder));
		return builder.build();
	}

	@Bean
	Beats meshBeats(OwnInstance own, ServiceTable table, ObjectProvider<TrafficEngine> engine,
			ObjectProvider<UsedServices> used) {
		return new Beats(own, table, engine, used);
	}

	@Bean(initMethod = "start", destroyMethod = "close")
	@ConditionalOnMissingBean
	RegistryClient meshRegistryClient(MeshProperties properties, JoinToken token, Beats beats, ServiceTable table,
			ObjectProvider<RegistryListener> listeners) {
		return RegistryClient.builder(properties.registry().urls())
			.token(token)
			.service(beats.service())
			.beat(beats::content)
			.edgesAcknowledged(beats::acknowledge)
			.shares(beats::share)
			.snapshots(beats::apply)
			.stickyKeys(table::carry)
			.services(watched(properties, table))
			.lastGood(LastGoodFile.of(properties, beats.service()))
			.listener(new RegistryListeners(listeners.orderedStream().toList()))
			.build();
	}

	@Bean
	UsedServices meshUsedServices(RegistryClient connection, MeshProperties properties) {
		return new UsedServices(connection, properties.registry().forgetAfter());
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

	private static List<String> watched(MeshProperties properties, ServiceTable table) {
		return (properties.registry().watch() == MeshProperties.Watch.ALL) ? List.of(ServiceName.MESH_WIDE)
				: List.copyOf(table.configured());
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
