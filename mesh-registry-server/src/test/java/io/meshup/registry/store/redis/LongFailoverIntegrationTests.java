package io.meshup.registry.store.redis;

import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.SlotHash;
import org.junit.jupiter.api.Test;
import org.testcontainers.junit.jupiter.Testcontainers;

/**
 * T39 on a cluster.
 */
@Testcontainers(disabledWithoutDocker = true)
class LongFailoverIntegrationTests {

	private final RedisProperties properties = TestStores.properties(TestStores.name(), 1);

	@Test
	void t39ClusterMakesAnotherMaster() throws InterruptedException {
		try (RedisGroup group = RedisGroup.asCluster()) {
			RedisURI seed = RedisURI.create(group.address(), 7002);
			String key = new RedisKeys(this.properties.name()).registry();
			FailoverIntegrationTests.failOver("T39 (Cluster, node timeout 1 s)",
					TestStores.openOnCluster(seed, this.properties), TestStores.openOnCluster(seed, this.properties),
					() -> group.kill(master(group, key)));
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
