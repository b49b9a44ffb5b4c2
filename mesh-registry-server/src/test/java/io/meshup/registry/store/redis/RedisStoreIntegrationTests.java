package io.meshup.registry.store.redis;

import io.lettuce.core.RedisURI;
import io.meshup.registry.store.MeshStore;
import io.meshup.registry.store.MeshStoreContract;
import io.meshup.registry.store.Nodes;
import io.meshup.registry.store.redis.connection.RedisProperties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.testcontainers.junit.jupiter.Testcontainers;

/**
 * The contract of every store, on a real Redis.
 */
@Testcontainers(disabledWithoutDocker = true)
class RedisStoreIntegrationTests extends MeshStoreContract {

	private final RedisProperties properties = TestStores.properties(TestStores.name());

	private RedisStore store;

	@BeforeEach
	void open() {
		RedisContainer redis = RedisContainer.shared();
		this.store = RedisStore.open(
				TestStores.server(RedisURI.builder().withHost(redis.getHost()).withPort(redis.port())), this.properties,
				TestStores.HISTORY, CLOCK, TestStores.WAITING);
	}

	@AfterEach
	void close() throws InterruptedException {
		this.store.close();
	}

	@Override
	protected MeshStore store() {
		return this.store;
	}

	@Override
	protected Nodes nodes() {
		return this.store.nodes();
	}

	@Override
	protected void reopen() {
		try {
			close();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
		open();
	}

}
