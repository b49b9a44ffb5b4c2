package io.meshup.registry.store.redis.fault;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.meshup.registry.store.AuditRow;
import io.meshup.registry.store.ServiceChanged;
import io.meshup.registry.store.redis.RedisStore;
import io.meshup.registry.store.redis.TestStores;
import io.meshup.registry.store.rule.RuleCommit;
import io.meshup.registry.store.rule.StoredRule;
import org.junit.jupiter.api.Test;
import org.testcontainers.junit.jupiter.Testcontainers;

import org.springframework.http.HttpStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * T36, T38, T40, T43, T44 and T46 of the faults.
 */
@Testcontainers(disabledWithoutDocker = true)
class RedisFaultIntegrationTests extends RedisFaultFixture {

	@Test
	void t36KilledRedisRefusesWritesSoonAndTakesThemSoonAgain() {
		List<StoredRule> before = someRules();

		redis.kill();
		Outcome first = tried(this.one, "x", 1);
		Outcome second = tried(this.one, "x", 1);
		this.one.nodes().share(List.of(lease(this.one, "i1", "up")));
		await().until(() -> hears(this.seenByOne, "a"));
		int port = redis.startAgain();
		this.wayOfOne.leadTo(redis.getHost(), port);
		this.wayOfTwo.leadTo(redis.getHost(), port);
		awaited(() -> redis.cli("ping").contains("PONG"));
		long back = awaited(() -> tried(this.one, "y", 1).problem() == null);

		System.out.printf("T36: refused after %d and %d ms, written again %d ms after Redis answered%n", first.millis(),
				second.millis(), back);
		assertThat(first.status()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
		assertThat(second.status()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
		assertThat(this.one.rules()).containsAll(before);
		await().until(() -> this.two.rules().equals(this.one.rules()));
		await().until(() -> sees(this.seenByTwo, lease(this.one, "i1", "up")));
	}

	@Test
	void t44EmptiedByHandNoRuleIsLostAndTheAuditLogSaysSo() {
		List<StoredRule> before = someRules();
		this.one.nodes().share(List.of(lease(this.one, "i1", "up")));
		await().until(() -> this.two.nodes().leases().size() == 1);
		long revision = this.one.revision();

		redis.cli("flushall");

		long back = assertRestored(before, revision);
		System.out.printf("T44: 20 rules back after %d ms%n", back);
		assertThat(redis.cli("hlen", "{meshup:" + this.properties.name() + "}:leases").strip()).isEqualTo("1");
		assertThat(this.one.nodes().leases()).containsExactly(lease(this.one, "i1", "up"))
			.isEqualTo(this.two.nodes().leases());
		List<AuditRow> rows = this.one.audit().after(0).block(LIMIT);
		for (int i = 1; i < rows.size(); i++) {
			assertThat(rows.get(i).previous()).isEqualTo(rows.get(i - 1).hash());
		}
		assertThat(rows).hasSizeGreaterThan(20);
	}

	@Test
	void aNodeThatStartsInAnEmptiedRedisWaitsForThoseThatKnowTheRules() throws InterruptedException {
		List<StoredRule> before = someRules();

		redis.cli("flushall");
		try (RedisStore three = TestStores.open("127.0.0.1", this.wayOfTwo.port(), this.properties)) {
			assertThat(three.registry()).isEqualTo(this.one.registry());
			assertThat(three.rules()).isEqualTo(before);
		}
	}

	@Test
	void t38SilentWayRefusesWritesSoonAndTakesThemSoonAgain() {
		List<StoredRule> before = someRules();

		this.wayOfOne.fallSilent();
		Outcome first = tried(this.one, "x", 1);
		Outcome second = tried(this.one, "x", 1);
		Outcome other = tried(this.two, "y", 1);
		this.wayOfOne.speakAgain();
		long back = awaited(() -> tried(this.one, "z", 1).problem() == null);

		System.out.printf("T38: refused after %d and %d ms, written again after %d ms%n", first.millis(),
				second.millis(), back);
		assertThat(first.status()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
		assertThat(second.status()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
		assertThat(other.problem()).isNull();
		await().until(() -> this.two.rules().equals(this.one.rules()));
		assertThat(this.one.rules()).containsAll(before).hasSize(before.size() + 2);
	}

	@Test
	void t40FullRedisRefusesAndKeepsNothingHalf() {
		List<StoredRule> before = someRules();
		redis.cli("config", "set", "maxmemory", "1mb");
		try {
			Outcome refused = tried(this.one, "x", 1);

			assertThat(refused.status()).isEqualTo(HttpStatus.INSUFFICIENT_STORAGE);
			assertThat(refused.problem()).hasMessageContaining("Redis is full");
			this.one.nodes().share(List.of(lease(this.one, "i2", "up")));
			await().until(() -> hears(this.seenByOne, "a"));
			assertThat(this.one.rules()).isEqualTo(before).isEqualTo(this.two.rules());
		}
		finally {
			redis.cli("config", "set", "maxmemory", "0");
		}
		put(this.one, "x", 2);
		await().until(() -> sees(this.seenByTwo, lease(this.one, "i2", "up")));
		assertThat(this.one.audit().after(0).block(LIMIT)).hasSize(21);
	}

	@Test
	void t43WhatIsLostOnTheWayIsNoticed() {
		someRules();
		this.wayOfTwo.refuse();
		await().until(() -> !this.two.nodes().isConnected());
		for (int i = 0; i < 10; i++) {
			put(this.one, "lost" + i, i);
		}
		this.one.nodes().share(List.of(lease(this.one, "i3", "up")));
		await().until(() -> sees(this.seenByOne, lease(this.one, "i3", "up")));
		redis.cli("xtrim", "{meshup:" + this.properties.name() + "}:changes", "maxlen", "0");

		this.wayOfTwo.speakAgain();

		long back = awaited(() -> this.two.rules().equals(this.one.rules()));
		System.out.printf("T43: ten changes that the log no longer has are known after %d ms%n", back);
		await().until(() -> hears(this.seenByTwo, "a"));
		assertThat(this.two.nodes().leases()).contains(lease(this.one, "i3", "up"));
		await().until(() -> this.seenByTwo.stream().anyMatch((change) -> change.service().equals("lost9")));
		assertThat(this.seenByTwo).extracting(ServiceChanged::revision).isSorted().doesNotHaveDuplicates();
	}

	@Test
	void numbersGoOnWhereTheNodesAreWhenRedisCountsTooLow() {
		List<StoredRule> before = someRules();
		long revision = this.one.revision();
		String prefix = "{meshup:" + this.properties.name() + "}:";

		redis.cli("mset", prefix + "revision", "5", prefix + "last", "lost");

		await().until(() -> Long.parseLong(redis.cli("get", prefix + "revision").strip()) > revision);
		RuleCommit commit = put(this.two, "later", 1);
		assertThat(commit.revision()).isGreaterThan(revision);
		await().until(() -> this.one.rules().equals(this.two.rules()));
		assertThat(this.one.rules()).containsAll(before);
	}

	@Test
	void t46NodeThatIsCutOffGoesOnWithItsOwnInstancesAndHeals() {
		someRules();
		List<String> lost = new CopyOnWriteArrayList<>();
		this.two.nodes().onNodeLost(lost::add);
		await().until(() -> !this.two.nodes().others().isEmpty());
		long revision = this.one.revision();

		this.wayOfOne.refuse();
		await().until(() -> !this.one.nodes().isConnected());
		Outcome refused = tried(this.one, "x", 1);
		for (int i = 0; i < 5; i++) {
			this.one.nodes().share(List.of(lease(this.one, "i" + i, "up")));
			this.one.touch("b" + i);
		}
		await().until(() -> hears(this.seenByOne, "a") && hears(this.seenByOne, "b4"));
		assertThat(this.one.revision()).isGreaterThan(revision);
		put(this.two, "meanwhile", 1);
		this.wayOfOne.speakAgain();

		long back = awaited(() -> tried(this.one, "y", 1).problem() == null);
		System.out.printf("T46: refused after %d ms, healed after %d ms%n", refused.millis(), back);
		assertThat(refused.status()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
		await().until(() -> sees(this.seenByTwo, lease(this.one, "i4", "up")));
		await().until(() -> this.seenByOne.stream().anyMatch((change) -> change.service().equals("meanwhile")));
		await().until(() -> this.two.nodes().leases().size() == 5);
		assertThat(this.one.rules()).isEqualTo(this.two.rules());
		assertThat(this.seenByOne).extracting(ServiceChanged::revision).isSorted().doesNotHaveDuplicates();
		assertThat(this.seenByTwo).extracting(ServiceChanged::revision).isSorted().doesNotHaveDuplicates();
		assertThat(lost).isEmpty();
	}

	@Test
	void aNodeGoesOnBehindAnEntryThatNobodyCanRead() {
		List<StoredRule> before = someRules();
		String prefix = "{meshup:" + this.properties.name() + "}:";

		this.wayOfOne.refuse();
		redis.cli("eval", """
				redis.call('XADD', KEYS[1], '*', 'id', 'odd', 'before', redis.call('GET', KEYS[2]), 'base', '1', 'top',
					'1', 'body', '{')
				redis.call('SET', KEYS[2], 'odd')""", "2", prefix + "changes", prefix + "last");
		put(this.two, "x", 1);
		this.wayOfOne.speakAgain();

		await().until(() -> tried(this.one, "y", 1).problem() == null);
		await().until(() -> this.one.rules().equals(this.two.rules()));
		assertThat(this.one.rules()).containsAll(before).hasSize(before.size() + 2);
	}

	@Test
	void aNodeThatCannotBeToldWhatItMissedLoadsEverything() {
		someRules();
		this.wayOfOne.refuse();
		put(this.two, "x", 1);
		redis.cli("acl", "setuser", "default", "-xrange");
		try {
			this.wayOfOne.speakAgain();

			await().until(() -> this.one.rules().equals(this.two.rules()));
		}
		finally {
			redis.cli("acl", "setuser", "default", "+xrange");
		}
		await().until(() -> tried(this.one, "y", 1).problem() == null);
	}

}
