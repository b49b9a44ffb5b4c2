package io.meshup.registry.store.redis.fault;

import java.util.ArrayList;
import java.util.List;

import io.meshup.registry.problem.ApiProblem;
import io.meshup.registry.store.MeshStoreContract;
import io.meshup.registry.store.rule.StoredRule;
import org.junit.jupiter.api.Test;
import org.testcontainers.junit.jupiter.Testcontainers;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * T37 and T41 of the faults, and many writers at once.
 */
@Testcontainers(disabledWithoutDocker = true)
class LongRedisFaultIntegrationTests extends RedisFaultFixture {

	@Test
	void t37RestartedWithoutItsDiskNoRuleIsLost() {
		List<StoredRule> before = someRules();
		long revision = this.one.revision();

		redis.forget();
		redis.kill();
		int port = redis.startAgain();
		this.wayOfOne.leadTo(redis.getHost(), port);
		this.wayOfTwo.leadTo(redis.getHost(), port);
		awaited(() -> redis.cli("ping").contains("PONG"));

		assertRestored(before, revision);
	}

	@Test
	void t41SlowRedisIsAnsweredInTimeAndHurtsNoReader() {
		List<StoredRule> before = someRules();
		this.wayOfOne.delay(500);

		List<Outcome> outcomes = new ArrayList<>();
		for (int i = 0; i < 5; i++) {
			outcomes.add(tried(this.one, "x" + i, i));
		}
		long begin = System.nanoTime();
		assertThat(this.one.rules()).containsAll(before);
		long read = millis(begin);
		long most = outcomes.stream().mapToLong(Outcome::millis).max().orElse(0);
		System.out.printf("T41: answered within %d ms, %d of 5 kept; a read took %d ms%n", most,
				outcomes.stream().filter((outcome) -> outcome.problem() == null).count(), read);

		this.wayOfOne.delay(0);
		await().until(() -> tried(this.one, "end", 1).problem() == null);
		await().until(() -> this.two.rules().equals(this.one.rules()));
	}

	@Test
	void aCrowdOfWritersOnACutOffNodeIsAnsweredSoon() {
		this.wayOfOne.fallSilent();
		long begin = System.nanoTime();

		List<Boolean> answers = Flux.range(0, 3_000)
			.flatMap((i) -> this.one.write((present) -> List.of(MeshStoreContract.put("s" + i, i)))
				.map((commit) -> true)
				.onErrorReturn(ApiProblem.class, false), 3_000)
			.collectList()
			.block(LIMIT);

		System.out.printf("3,000 writes at once were refused within %d ms%n", millis(begin));
		assertThat(answers).hasSize(3_000).containsOnly(false);
		this.wayOfOne.speakAgain();
	}

}
