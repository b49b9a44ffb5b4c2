package io.meshup.registry.watch;

import java.time.Duration;

import io.meshup.registry.lease.Leases;
import io.meshup.registry.store.MeshStore;
import io.meshup.registry.watch.content.RegistryContent;
import io.meshup.registry.watch.push.WatchHub;
import io.meshup.registry.watch.push.WatchMeters;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.ChannelOption;
import reactor.netty.resources.LoopResources;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;

/**
 * Puts the push together.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WatchSettings.class)
public class WatchConfiguration {

	private static final int SEND_BUFFER = 256 * 1024;

	@Bean(destroyMethod = "close")
	WatchHub watchHub(Leases leases, MeshStore store, MeterRegistry meters) {
		return new WatchHub(new RegistryContent(leases, store), new WatchMeters(meters));
	}

	// By default the event loops would wait for two quiet seconds before they stop, and
	// one of those that serve would take connections too, 16 each time it comes round: in
	// a storm the system's queue of them overflows.
	@Bean
	ReactorResourceFactory reactorResourceFactory() {
		ReactorResourceFactory resources = new ReactorResourceFactory();
		resources.setUseGlobalResources(false);
		resources.setLoopResourcesSupplier(
				() -> LoopResources.create("mesh-http", 1, LoopResources.DEFAULT_IO_WORKER_COUNT, true));
		resources.setShutdownQuietPeriod(Duration.ZERO);
		return resources;
	}

	// Else the kernel alone would keep megabytes for a watcher that does not read.
	@Bean
	NettyServerCustomizer watcherSendBuffer() {
		return (server) -> server.childOption(ChannelOption.SO_SNDBUF, SEND_BUFFER);
	}

	@Bean
	StraightWatch straightWatch(WatchController watches) {
		return new StraightWatch(watches);
	}

	@Bean
	StreamLifecycle streamLifecycle(WatchHub hub, Leases leases) {
		return new StreamLifecycle(hub, leases);
	}

}
