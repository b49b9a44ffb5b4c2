package io.meshup.registry.store.redis.fault;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

import io.meshup.registry.problem.ApiProblem;
import io.meshup.registry.store.AuditRow;
import io.meshup.registry.store.MeshStoreContract;
import io.meshup.registry.store.ServiceChanged;
import io.meshup.registry.store.SharedLease;
import io.meshup.registry.store.redis.RedisContainer;
import io.meshup.registry.store.redis.RedisStore;
import io.meshup.registry.store.redis.TestStores;
import io.meshup.registry.store.redis.connection.RedisProperties;
import io.meshup.registry.store.redis.feed.Recovery;
import io.meshup.registry.store.rule.RuleCommit;
import io.meshup.registry.store.rule.StoredRule;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

import org.springframework.http.HttpStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Two nodes and a real Redis that ends, forgets or is full, and a way to it that falls
 * silent. Each test prints what it measured.
 */
abstract class RedisFaultFixture {

	static final Duration LIMIT = Duration.ofSeconds(30);

	static RedisContainer redis;

	final RedisProperties properties = TestStores.properties(TestStores.name());

	final List<ServiceChanged> seenByOne = new CopyOnWriteArrayList<>();

	final List<ServiceChanged> seenByTwo = new CopyOnWriteArrayList<>();

	FaultyWay wayOfOne;

	FaultyWay wayOfTwo;

	RedisStore one;

	RedisStore two;

	@BeforeAll
	static void start() {
		redis = RedisContainer.started("--appendonly", "yes", "--appendfsync", "always");
	}

	@AfterAll
	static void end() {
		redis.stop();
	}

	@BeforeEach
	void open() {
		this.wayOfOne = new FaultyWay(redis.getHost(), redis.port());
		this.wayOfTwo = new FaultyWay(redis.getHost(), redis.port());
		this.one = TestStores.open("127.0.0.1", this.wayOfOne.port(), this.properties);
		this.two = TestStores.open("127.0.0.1", this.wayOfTwo.port(), this.properties);
		this.one.subscribe(this.seenByOne::add);
		this.two.subscribe(this.seenByTwo::add);
	}

	@AfterEach
	void close() throws InterruptedException {
		this.one.close();
		this.two.close();
		this.wayOfOne.close();
		this.wayOfTwo.close();
	}

	static RuleCommit put(RedisStore node, String name, int weight) {
		return node.write((present) -> List.of(MeshStoreContract.put(name, weight))).block(LIMIT);
	}

	static Outcome tried(RedisStore node, String name, int weight) {
		long begin = System.nanoTime();
		try {
			put(node, name, weight);
			return new Outcome(null, millis(begin));
		}
		catch (ApiProblem ex) {
			return new Outcome(ex, millis(begin));
		}
	}

	static long millis(long begin) {
		return (System.nanoTime() - begin) / 1_000_000;
	}

	static long awaited(BooleanSupplier condition) {
		long begin = System.nanoTime();
		await().pollInterval(Duration.ofMillis(10)).until(condition::getAsBoolean);
		return millis(begin);
	}

	List<StoredRule> someRules() {
		for (int i = 0; i < 20; i++) {
			RedisStore node = (i % 2 == 0) ? this.one : this.two;
			int weight = i;
			await().until(() -> tried(node, "s" + weight, weight).problem() == null);
		}
		await().until(() -> this.one.rules().equals(this.two.rules()) && this.one.rules().size() == 20);
		return this.one.rules();
	}

	static SharedLease lease(RedisStore node, String id, String content) {
		return new SharedLease("a", id, node.nodes().self(), node.nodes().self() + " p1 alive", "-", false,
				content.getBytes(StandardCharsets.UTF_8));
	}

	static boolean hears(List<ServiceChanged> seen, String service) {
		return seen.stream().anyMatch((change) -> change.service().equals(service));
	}

	static boolean sees(List<ServiceChanged> seen, SharedLease row) {
		return seen.stream().anyMatch((change) -> change.rows().contains(row));
	}

	final long assertRestored(List<StoredRule> before, long revision) {
		String registry = this.one.registry();
		long back = awaited(
				() -> redis.cli("get", "{meshup:" + this.properties.name() + "}:registry").contains(registry));
		RedisStore three = TestStores.open("127.0.0.1", this.wayOfOne.port(), this.properties);
		try {
			assertThat(three.rules()).isEqualTo(before);
			assertThat(three.registry()).isEqualTo(registry);
			assertThat(three.firstRevision()).isGreaterThan(revision);
			assertThat(three.audit().after(0).block(LIMIT)).extracting(AuditRow::type).contains(Recovery.RESTORED);
		}
		finally {
			try {
				three.close();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}
		await().until(() -> tried(this.two, "later", 1).problem() == null);
		await().until(() -> this.one.rules().equals(this.two.rules()));
		assertThat(this.one.rules()).containsAll(before).hasSize(before.size() + 1);
		return back;
	}

	record Outcome(ApiProblem problem, long millis) {

		HttpStatus status() {
			return (this.problem != null) ? this.problem.status() : HttpStatus.OK;
		}

	}

}
