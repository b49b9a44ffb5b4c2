package io.meshup.registry.store.redis.fault;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.SlotHash;
import io.meshup.registry.store.MeshStoreContract;
import io.meshup.registry.store.redis.RedisStore;
import io.meshup.registry.store.redis.TestStores;
import io.meshup.registry.store.redis.connection.RedisKeys;
import io.meshup.registry.store.redis.connection.RedisProperties;
import org.junit.jupiter.api.RepeatedTest;
import org.testcontainers.junit.jupiter.Testcontainers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * T39 on a cluster, and with Sentinel time and again: the master dies in the middle of
 * writes, and with it each node that remembers them.
 */
@Testcontainers(disabledWithoutDocker = true)
class LongFailoverIntegrationTests {

	private final RedisProperties properties = TestStores.properties(TestStores.name(), 1);

	@RepeatedTest(3)
	void t39ClusterMakesAnotherMaster() throws InterruptedException {
		try (RedisGroup group = RedisGroup.asCluster()) {
			RedisURI seed = RedisURI.create(group.address(), 7002);
			String key = new RedisKeys(this.properties.name()).registry();
			FailoverIntegrationTests.failOver("T39 (Cluster, node timeout 1 s)",
					TestStores.openOnCluster(seed, this.properties), TestStores.openOnCluster(seed, this.properties),
					() -> group.kill(master(group, key)));
		}
	}

	@RepeatedTest(5)
	void t39TheMasterAndAllNodesDieInTheMiddleOfWrites() throws InterruptedException {
		try (RedisGroup group = RedisGroup.withSentinel(2_000)) {
			RedisURI.Builder address = RedisURI.Builder.sentinel(group.address(), RedisGroup.SENTINEL, "mesh");
			Map<String, Integer> acknowledged = new ConcurrentSkipListMap<>();
			long began;
			try (RedisStore one = TestStores.open(address, this.properties);
					RedisStore two = TestStores.open(address, this.properties)) {
				AtomicInteger count = new AtomicInteger();
				List<CompletableFuture<Void>> writers = Stream.of(one, two)
					.map((node) -> CompletableFuture.runAsync(() -> writeUntilRefused(node, acknowledged, count)))
					.toList();
				await().until(() -> acknowledged.size() > 100);
				group.kill(7001);
				began = System.nanoTime();
				writers.forEach(CompletableFuture::join);
			}

			try (RedisStore fresh = TestStores.open(address, this.properties)) {
				System.out.printf(
						"T39 (Sentinel, down after 2 s, WAIT 1, all nodes ended too): %d acknowledged, a new node was "
								+ "ready %d ms after the master's death%n",
						acknowledged.size(), (System.nanoTime() - began) / 1_000_000);
				acknowledged
					.forEach((rule, weight) -> assertThat(MeshStoreContract.weight(fresh.ruleSet(), rule)).as(rule)
						.contains(weight));
			}
		}
	}

	private static void writeUntilRefused(RedisStore node, Map<String, Integer> acknowledged, AtomicInteger count) {
		boolean isKept = true;
		while (isKept) {
			isKept = FailoverIntegrationTests.tried(node, acknowledged, count.incrementAndGet());
		}
	}

	private static int master(RedisGroup group, String key) {
		int slot = SlotHash.getSlot(key);
		for (String line : group.run("redis-cli -p 7002 cluster nodes").lines().toList()) {
			String[] words = line.split(" ");
			for (int i = 8; i < words.length; i++) {
				String[] range = words[i].split("-");
				if (range.length == 2 && Integer.parseInt(range[0]) <= slot && slot <= Integer.parseInt(range[1])) {
					return Integer.parseInt(words[1].replaceAll(".*:(\\d+)@.*", "$1"));
				}
			}
		}
		throw new IllegalStateException("nobody has slot " + slot);
	}

}
