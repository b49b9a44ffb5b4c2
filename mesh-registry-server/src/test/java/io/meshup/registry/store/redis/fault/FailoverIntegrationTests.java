package io.meshup.registry.store.redis.fault;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.lettuce.core.RedisURI;
import io.meshup.registry.problem.ApiProblem;
import io.meshup.registry.store.MeshStoreContract;
import io.meshup.registry.store.redis.RedisContainer;
import io.meshup.registry.store.redis.RedisStore;
import io.meshup.registry.store.redis.TestStores;
import io.meshup.registry.store.redis.connection.RedisProperties;
import org.junit.jupiter.api.Test;
import org.testcontainers.junit.jupiter.Testcontainers;

import org.springframework.http.HttpStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * T39: the master dies, a replica takes over, and no acknowledged write is lost.
 */
@Testcontainers(disabledWithoutDocker = true)
class FailoverIntegrationTests {

	private static final long DOWN_AFTER = Boolean.getBoolean("mesh.full") ? 2_000 : 500;

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private final RedisProperties properties = TestStores.properties(TestStores.name(), 1);

	@Test
	void t39SentinelNamesAnotherMaster() throws InterruptedException {
		try (RedisGroup group = RedisGroup.withSentinel(DOWN_AFTER)) {
			RedisURI.Builder address = RedisURI.Builder.sentinel(group.address(), RedisGroup.SENTINEL, "mesh");
			failOver("T39 (Sentinel, down after " + DOWN_AFTER + " ms)", TestStores.open(address, this.properties),
					TestStores.open(address, this.properties), () -> group.kill(7001));
		}
	}

	@Test
	void answersThatAChangeMayBeLostWhenTooFewReplicasHaveIt() throws InterruptedException {
		RedisContainer alone = RedisContainer.shared();
		try (RedisStore store = TestStores.open(alone.getHost(), alone.port(), this.properties)) {
			for (String attempt : List.of("the first", "the same again")) {
				assertThatExceptionOfType(ApiProblem.class).as(attempt)
					.isThrownBy(() -> store.write((present) -> List.of(MeshStoreContract.put("r", 1))).block(LIMIT))
					.withMessageContaining("0 of 1 replicas have it")
					.satisfies((problem) -> assertThat(problem.status()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE));
			}
			await().untilAsserted(
					() -> assertThat(MeshStoreContract.weight(store.ruleSet(), "r")).as("what Redis has").contains(1));
		}
	}

	static void failOver(String name, RedisStore one, RedisStore two, Runnable kill) throws InterruptedException {
		try (one; two) {
			Map<String, Integer> acknowledged = new TreeMap<>();
			write(one, two, acknowledged, 40);
			kill.run();
			long begin = System.nanoTime();
			int refused = 0;
			while (!tried(one, acknowledged, 1_000 + refused)) {
				refused++;
				Thread.sleep(5);
				assertThat(System.nanoTime() - begin).isLessThan(60_000_000_000L);
			}
			long outage = (System.nanoTime() - begin) / 1_000_000;
			await().until(() -> tried(two, acknowledged, 5_000));
			write(one, two, acknowledged, 40);
			await().until(() -> one.rules().equals(two.rules()));
			System.out.printf("%s: no write for %d ms (%d refused), %d acknowledged, none lost%n", name, outage,
					refused, acknowledged.size());
			acknowledged.forEach((rule, weight) -> assertThat(MeshStoreContract.weight(one.ruleSet(), rule)).as(rule)
				.contains(weight));
			assertThat(one.write((present) -> List.of()).block(LIMIT).rules().all()).isEqualTo(two.rules());
		}
	}

	private static void write(RedisStore one, RedisStore two, Map<String, Integer> acknowledged, int count) {
		for (int i = 0; i < count; i++) {
			tried((i % 2 == 0) ? one : two, acknowledged, acknowledged.size() * 10_000 + i);
		}
	}

	static boolean tried(RedisStore node, Map<String, Integer> acknowledged, int weight) {
		try {
			node.write((present) -> List.of(MeshStoreContract.put("r" + weight, weight))).block(LIMIT);
			acknowledged.put("r" + weight, weight);
			return true;
		}
		catch (ApiProblem ex) {
			return false;
		}
	}

}
