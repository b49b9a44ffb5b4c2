package io.meshup.registry.store.redis;

import java.time.Clock;
import java.time.Duration;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.resource.ClientResources;
import io.meshup.registry.limit.RegistryLimits;
import io.meshup.registry.store.Nodes;
import io.meshup.registry.store.StoreProperties;
import io.meshup.registry.store.redis.connection.MasterFinder;
import io.meshup.registry.store.redis.connection.RedisKeys;
import io.meshup.registry.store.redis.connection.RedisProperties;
import io.meshup.registry.store.redis.connection.RedisServer;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientConfigurationBuilderCustomizer;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientOptionsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Opens the store in Redis, where {@code spring.data.redis} says it is.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "mesh.registry.store", havingValue = "redis")
@Import(DataRedisAutoConfiguration.class)
@EnableConfigurationProperties(RedisProperties.class)
public class RedisStoreConfiguration {

	private static final Duration CONNECT_TIMEOUT = Duration.ofMillis(500);

	private static final Duration HANDSHAKE_TIMEOUT = Duration.ofMillis(500);

	private static final int QUEUE = 1_000;

	@Bean
	LettuceClientOptionsBuilderCustomizer meshRedisOptions() {
		return RedisStoreConfiguration::customize;
	}

	// The store opens another connection itself, wherever the master is then, and waits
	// for each command as long as that one may take.
	static void customize(ClientOptions.Builder options) {
		options.autoReconnect(false)
			.disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
			.timeoutOptions(TimeoutOptions.create())
			.requestQueueSize(QUEUE)
			.maintNotificationsConfig(MaintNotificationsConfig.disabled())
			.socketOptions(SocketOptions.builder()
				.connectTimeout(CONNECT_TIMEOUT)
				.keepAlive(SocketOptions.KeepAliveOptions.builder()
					.enable()
					.idle(Duration.ofSeconds(5))
					.interval(Duration.ofSeconds(1))
					.count(3)
					.build())
				.build());
	}

	@Bean
	LettuceClientConfigurationBuilderCustomizer meshRedisClient() {
		return (client) -> client.commandTimeout(HANDSHAKE_TIMEOUT).shutdownTimeout(Duration.ZERO);
	}

	@Bean
	RedisServer redisServer(LettuceConnectionFactory factory, ClientResources resources, RedisProperties properties) {
		RedisKeys keys = new RedisKeys(properties.name());
		return new RedisServer(
				MasterFinder.of(factory.getRequiredNativeClient(), keys, new OneNode(factory, resources)));
	}

	@Bean
	RedisStore meshStore(RedisServer server, RedisProperties properties, StoreProperties store, RegistryLimits limits) {
		return RedisStore.open(server, properties, store.history(), Clock.systemUTC(), limits.waitingWrites());
	}

	@Bean
	StoreEnd storeEnd(RedisStore store) {
		return new StoreEnd(store);
	}

	@Bean
	Nodes nodes(RedisStore store) {
		return store.nodes();
	}

	/**
	 * Connects to one node of a cluster with the credentials and the TLS of all.
	 */
	private static final class OneNode implements MasterFinder.PlainClient {

		private final LettuceConnectionFactory factory;

		private final RedisClient client;

		OneNode(LettuceConnectionFactory factory, ClientResources resources) {
			this.factory = factory;
			this.client = RedisClient.create(resources);
			factory.getClientConfiguration().getClientOptions().ifPresent(this.client::setOptions);
		}

		@Override
		public RedisClient client() {
			return this.client;
		}

		@Override
		public RedisURI address(RedisURI node) {
			return RedisURI.builder(node).withTimeout(HANDSHAKE_TIMEOUT).withSsl(this.factory.isUseSsl()).build();
		}

	}

}
