package io.meshup.registry.store.redis.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.meshup.registry.store.AuditRow;
import io.meshup.registry.store.redis.RedisStore;
import io.meshup.registry.store.redis.TestStores;
import org.junit.jupiter.api.Test;
import org.testcontainers.junit.jupiter.Testcontainers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * T47: of three nodes that write at once one dies in the middle, time and again.
 */
@Testcontainers(disabledWithoutDocker = true)
class LongNodeDeathIntegrationTests extends RedisFaultFixture {

	private static final int DEATHS = 50;

	private static final int MOST = 200;

	private final Set<Integer> acknowledged = new ConcurrentSkipListSet<>();

	private final AtomicInteger weights = new AtomicInteger();

	@Test
	void t47NoRevisionIsGivenTwiceAndNoAcknowledgedWriteIsLost() throws InterruptedException {
		Random random = new Random(47);
		int refused = 0;
		for (int death = 0; death < DEATHS; death++) {
			FaultyWay way = new FaultyWay(redis.getHost(), redis.port());
			try (RedisStore third = TestStores.open("127.0.0.1", way.port(), this.properties)) {
				int end = this.weights.get() + MOST;
				List<CompletableFuture<Integer>> writers = Stream.of(this.one, this.two, third)
					.map((node) -> CompletableFuture.supplyAsync(() -> writeUntil(node, end)))
					.toList();
				int moment = this.acknowledged.size() + 20 + random.nextInt(60);
				await().until(() -> this.acknowledged.size() >= moment || writers.get(0).isDone());
				if (death % 2 == 0) {
					way.refuse();
				}
				else {
					way.fallSilent();
				}
				refused += writers.stream().mapToInt(CompletableFuture::join).sum();
			}
			way.close();
		}

		List<AuditRow> rules = history().stream().filter((row) -> row.type().equals("rule")).toList();
		System.out.printf("T47: %d deaths, %d writes acknowledged, %d not, %d in the history%n", DEATHS,
				this.acknowledged.size(), refused, rules.size());
		assertThat(rules).extracting(AuditRow::revision).isSorted().doesNotHaveDuplicates();
		assertThat(rules).extracting(LongNodeDeathIntegrationTests::weight).containsAll(this.acknowledged);
		await().until(() -> this.one.rules().equals(this.two.rules()));
	}

	private int writeUntil(RedisStore node, int end) {
		int refused = 0;
		for (int weight = this.weights.incrementAndGet(); weight <= end; weight = this.weights.incrementAndGet()) {
			if (tried(node, "s" + weight % 10, weight).problem() == null) {
				this.acknowledged.add(weight);
			}
			else if (++refused > 0 && node != this.one && node != this.two) {
				return refused;
			}
		}
		return refused;
	}

	private List<AuditRow> history() {
		List<AuditRow> all = new ArrayList<>();
		List<AuditRow> page = this.one.audit().after(0).block(LIMIT);
		while (!page.isEmpty()) {
			all.addAll(page);
			page = this.one.audit().after(all.get(all.size() - 1).sequence()).block(LIMIT);
		}
		for (int i = 1; i < all.size(); i++) {
			assertThat(all.get(i).sequence()).isEqualTo(all.get(i - 1).sequence() + 1);
			assertThat(all.get(i).previous()).isEqualTo(all.get(i - 1).hash());
		}
		return all;
	}

	private static int weight(AuditRow row) {
		return Integer.parseInt(row.body().replaceAll(".*\"weight\":(\\d+).*", "$1"));
	}

}
