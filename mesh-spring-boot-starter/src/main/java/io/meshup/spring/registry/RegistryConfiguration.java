package io.meshup.spring.registry;

import java.util.List;

import io.meshup.control.RegistryClient;
import io.meshup.control.link.RegistryListener;
import io.meshup.model.ServiceName;
import io.meshup.spring.instance.OwnInstance;
import io.meshup.spring.setting.MeshHome;
import io.meshup.spring.setting.MeshProperties;
import io.meshup.traffic.TrafficEngine;
import io.meshup.traffic.table.ServiceTable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The connection to the registry.
 */
@Configuration(proxyBeanMethods = false)
public final class RegistryConfiguration {

	@Bean
	@ConditionalOnMissingBean
	JoinToken meshJoinToken(MeshProperties properties) {
		return new JoinToken(properties.registry(), MeshHome.directory());
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
			.trustDomain(properties.registry().trustDomain())
			.service(beats.service())
			.beat(beats::content)
			.edgesAcknowledged(beats::acknowledge)
			.shares(beats::share)
			.snapshots(beats::apply)
			.stickyKeys(table::carry)
			.services(watched(properties, table))
			.survey()
			.lastGood(LastGoodFile.of(properties, beats.service()))
			.maxAge(properties.cacheMaxAge())
			.listener(new RegistryListeners(listeners.orderedStream().toList()))
			.build();
	}

	@Bean
	RejectionNews meshRejectionNews(RegistryClient connection) {
		return new RejectionNews(connection);
	}

	@Bean
	UsedServices meshUsedServices(RegistryClient connection, MeshProperties properties) {
		return new UsedServices(connection, properties.registry().forgetAfter());
	}

	private static List<String> watched(MeshProperties properties, ServiceTable table) {
		return (properties.registry().watch() == MeshProperties.Watch.ALL) ? List.of(ServiceName.MESH_WIDE)
				: List.copyOf(table.configured());
	}

}
