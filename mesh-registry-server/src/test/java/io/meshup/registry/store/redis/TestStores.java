package io.meshup.registry.store.redis;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.TimeoutOptions;

/**
 * Opens nodes on a Redis, without the rest of the registry.
 */
final class TestStores {

	static final RedisClient CLIENT = RedisClient.create();

	private static final AtomicInteger NAMES = new AtomicInteger();

	private TestStores() {
	}

	/**
	 * A registry of its own in a Redis that others use too.
	 * @return its name
	 */
	static String name() {
		return "t" + ProcessHandle.current().pid() + "-" + NAMES.incrementAndGet();
	}

	static RedisProperties properties(String name) {
		return new RedisProperties(name, 0, Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(3));
	}

	static RedisStore open(String host, int port, RedisProperties properties) {
		return open(RedisURI.builder().withHost(host).withPort(port), properties);
	}

	static RedisStore open(RedisURI.Builder address, RedisProperties properties) {
		return RedisStore.open(server(address), properties, InstantSource.system());
	}

	static RedisServer server(RedisURI.Builder address) {
		RedisClient client = RedisClient.create(CLIENT.getResources(),
				address.withTimeout(Duration.ofSeconds(1)).build());
		ClientOptions.Builder options = ClientOptions.builder().timeoutOptions(TimeoutOptions.enabled());
		RedisStoreConfiguration.customize(options);
		client.setOptions(options.build());
		return new RedisServer(new MasterFinder.OfServer(client));
	}

}
