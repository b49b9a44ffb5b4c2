package io.meshup.registry.lease;

import java.time.InstantSource;

import io.meshup.registry.lease.beat.BeatListener;
import io.meshup.registry.lease.beat.ShareSource;
import io.meshup.registry.lease.drain.Drains;
import io.meshup.registry.lease.intent.Intents;
import io.meshup.registry.lease.node.NodeNews;
import io.meshup.registry.lease.shared.ServiceRevisions;
import io.meshup.registry.limit.RegistryLimits;
import io.meshup.registry.store.MeshStore;
import io.meshup.registry.store.Nodes;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Puts the leases together.
 */
@Configuration(proxyBeanMethods = false)
public class LeaseConfiguration {

	@Bean
	Leases leases(MeshStore store, Nodes nodes, ServiceRevisions revisions, MeterRegistry meters) {
		Leases leases = new Leases(store, nodes, revisions, InstantSource.system());
		Gauge.builder("mesh.registry.instances", leases, Leases::size)
			.description("Instances that are listed")
			.register(meters);
		return leases;
	}

	@Bean
	Drains drains(Leases leases) {
		return leases.drains();
	}

	@Bean
	Intents intents(Leases leases) {
		return leases.intents();
	}

	@Bean
	NodeNews nodeNews(Nodes nodes, Leases leases, ObjectProvider<BeatListener> listeners,
			ObjectProvider<ShareSource> shares) {
		return new NodeNews(nodes, leases.table(), leases.drains(), listeners.orderedStream().toList(),
				shares.getIfAvailable());
	}

	@Bean
	StraightBeat straightBeat(InstanceController instances, RegistryLimits limits) {
		return new StraightBeat(instances, limits);
	}

	@Bean
	ServiceRevisions serviceRevisions(MeshStore store, Nodes nodes) {
		return new ServiceRevisions(store, nodes);
	}

}
