package io.meshup.registry.store.redis;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.meshup.registry.store.StoreProperties;
import io.meshup.registry.store.redis.connection.MasterFinder;
import io.meshup.registry.store.redis.connection.RedisKeys;
import io.meshup.registry.store.redis.connection.RedisProperties;
import io.meshup.registry.store.redis.connection.RedisServer;

/**
 * Opens nodes on a Redis, without the rest of the registry.
 */
public final class TestStores {

	static final RedisClient CLIENT = RedisClient.create();

	static final StoreProperties.History HISTORY = new StoreProperties.History(100, Duration.ofDays(365));

	static final int WAITING = 1_000;

	private static final AtomicInteger NAMES = new AtomicInteger();

	private TestStores() {
	}

	/**
	 * A registry of its own in a Redis that others use too.
	 * @return its name
	 */
	public static String name() {
		return "t" + ProcessHandle.current().pid() + "-" + NAMES.incrementAndGet();
	}

	public static RedisProperties properties(String name) {
		return properties(name, 0);
	}

	public static RedisProperties properties(String name, int replicas) {
		return new RedisProperties(name, replicas, Duration.ofMillis(500), Duration.ofMillis(900),
				Duration.ofSeconds(10), Duration.ofSeconds(3));
	}

	public static RedisStore open(String host, int port, RedisProperties properties) {
		return open(RedisURI.builder().withHost(host).withPort(port), properties);
	}

	public static RedisStore open(RedisURI.Builder address, RedisProperties properties) {
		return open(server(address), properties);
	}

	public static RedisStore open(RedisServer server, RedisProperties properties) {
		return RedisStore.open(server, properties, HISTORY, InstantSource.system(), WAITING);
	}

	public static RedisServer server(RedisURI.Builder address) {
		return server(address, ClientOptions.builder());
	}

	public static RedisServer server(RedisURI.Builder address, ClientOptions.Builder options) {
		RedisClient client = RedisClient.create(CLIENT.getResources(),
				address.withTimeout(Duration.ofMillis(500)).build());
		client.setOptions(options(options));
		return new RedisServer(new MasterFinder.OfServer(client));
	}

	/**
	 * Opens a node on a cluster.
	 * @param node one of its nodes
	 * @param properties how it is used
	 * @return the node
	 */
	public static RedisStore openOnCluster(RedisURI node, RedisProperties properties) {
		RedisClusterClient cluster = RedisClusterClient.create(CLIENT.getResources(), node);
		cluster.setOptions((ClusterClientOptions) options(ClusterClientOptions.builder()));
		RedisClient plain = RedisClient.create(CLIENT.getResources());
		plain.setOptions(options(ClientOptions.builder()));
		MasterFinder finder = MasterFinder.of(cluster, new RedisKeys(properties.name()),
				new MasterFinder.PlainClient() {

					@Override
					public RedisClient client() {
						return plain;
					}

					@Override
					public RedisURI address(RedisURI found) {
						return RedisURI.builder(found).withTimeout(Duration.ofMillis(500)).build();
					}

				});
		return RedisStore.open(new RedisServer(finder), properties, HISTORY, InstantSource.system(), WAITING);
	}

	private static ClientOptions options(ClientOptions.Builder options) {
		RedisStoreConfiguration.customize(options);
		return options.build();
	}

}
