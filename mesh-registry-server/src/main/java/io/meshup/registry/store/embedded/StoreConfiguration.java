package io.meshup.registry.store.embedded;

import java.time.Clock;

import io.meshup.registry.limit.RegistryLimits;
import io.meshup.registry.store.Nodes;
import io.meshup.registry.store.StoreProperties;
import io.meshup.registry.store.ledger.DataDirectory;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Opens the data directory and the store in it.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(StoreProperties.class)
public class StoreConfiguration {

	@Bean
	DataDirectory dataDirectory(StoreProperties properties) {
		return DataDirectory.open(properties.dataDir());
	}

	@Bean
	@ConditionalOnProperty(name = "mesh.registry.store", havingValue = "embedded", matchIfMissing = true)
	EmbeddedStore meshStore(DataDirectory directory, StoreProperties properties, RegistryLimits limits) {
		return EmbeddedStore.open(directory, properties.history(), Clock.systemUTC(), limits.waitingWrites());
	}

	@Bean
	@ConditionalOnProperty(name = "mesh.registry.store", havingValue = "embedded", matchIfMissing = true)
	Nodes nodes(EmbeddedStore store) {
		return new LoneNode(store::share);
	}

}
