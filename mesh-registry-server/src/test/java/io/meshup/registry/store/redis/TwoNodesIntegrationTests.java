package io.meshup.registry.store.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import io.lettuce.core.RedisURI;
import io.meshup.model.MeshJson;
import io.meshup.registry.problem.ApiProblem;
import io.meshup.registry.store.AuditRow;
import io.meshup.registry.store.Fact;
import io.meshup.registry.store.MeshStoreContract;
import io.meshup.registry.store.ServiceChanged;
import io.meshup.registry.store.SharedLease;
import io.meshup.registry.store.StoreProperties;
import io.meshup.registry.store.ledger.chain.ChainCheck;
import io.meshup.registry.store.ledger.chain.Checkpoint;
import io.meshup.registry.store.ledger.chain.KeptRows;
import io.meshup.registry.store.ledger.chain.LedgerEntry;
import io.meshup.registry.store.ledger.chain.LedgerHead;
import io.meshup.registry.store.ledger.chain.LedgerRow;
import io.meshup.registry.store.redis.connection.RedisProperties;
import io.meshup.registry.store.redis.connection.RedisServer;
import io.meshup.registry.store.rule.RuleCommit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testcontainers.junit.jupiter.Testcontainers;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Two nodes on one Redis see the same, in the same order.
 */
@Testcontainers(disabledWithoutDocker = true)
class TwoNodesIntegrationTests {

	private final RedisProperties properties = TestStores.properties(TestStores.name());

	private final List<ServiceChanged> seenByOne = new CopyOnWriteArrayList<>();

	private final List<ServiceChanged> seenByTwo = new CopyOnWriteArrayList<>();

	private RedisStore one;

	private RedisStore two;

	@BeforeEach
	void open() {
		this.one = node();
		this.two = node();
		this.one.subscribe(this.seenByOne::add);
		this.two.subscribe(this.seenByTwo::add);
	}

	private RedisStore node() {
		RedisContainer redis = RedisContainer.shared();
		return TestStores.open(redis.getHost(), redis.port(), this.properties);
	}

	@AfterEach
	void close() throws InterruptedException {
		this.one.close();
		this.two.close();
	}

	private static RuleCommit put(RedisStore node, String name, int weight) {
		return node.write((present) -> List.of(MeshStoreContract.put(name, weight))).block();
	}

	@Test
	void seeTheSameChangesUnderTheSameRevisions() {
		Flux.range(0, 100).flatMap((i) -> {
			RedisStore node = (i % 2 == 0) ? this.one : this.two;
			node.touch("t" + i);
			return node.write((present) -> List.of(MeshStoreContract.put("s" + i % 10, i)));
		}, 16).blockLast();
		this.one.touch("end");

		await().until(() -> endsWith(this.seenByOne, "end") && endsWith(this.seenByTwo, "end"));
		long both = this.two.firstRevision();
		assertThat(after(this.seenByOne, both)).isEqualTo(after(this.seenByTwo, both))
			.extracting(ServiceChanged::revision)
			.isSorted()
			.doesNotHaveDuplicates();
		assertThat(this.one.rules()).isEqualTo(this.two.rules()).hasSize(10);
		assertThat(this.one.registry()).isEqualTo(this.two.registry());
		List<AuditRow> rows = this.two.audit().after(0).block();
		assertThat(rows).hasSize(100);
		IntStream.range(1, 100).forEach((i) -> assertThat(rows.get(i).previous()).isEqualTo(rows.get(i - 1).hash()));
	}

	private static boolean endsWith(List<ServiceChanged> seen, String service) {
		return seen.stream().anyMatch((change) -> change.service().equals(service));
	}

	private static List<ServiceChanged> after(List<ServiceChanged> seen, long revision) {
		return seen.stream().filter((change) -> change.revision() > revision).toList();
	}

	@Test
	void decideAgainstWhatTheOtherHasJustWritten() {
		put(this.one, "a", 0);

		List<Integer> weights = Collections.synchronizedList(new ArrayList<>());
		Flux.range(0, 60).flatMap((i) -> ((i % 2 == 0) ? this.one : this.two).write((present) -> {
			int next = MeshStoreContract.weight(present, "a").orElse(0) + 1;
			return List.of(MeshStoreContract.put("a", next));
		}).doOnNext((commit) -> weights.add(MeshStoreContract.weight(commit.rules(), "a").orElse(0))), 4).blockLast();

		assertThat(weights).doesNotHaveDuplicates().hasSize(60).contains(60);
	}

	@Test
	void refuseOnlyWhatIsReallyRefused() {
		long first = put(this.one, "a", 1).revision();

		Mono<RuleCommit> conditional = this.two.write((present) -> {
			if (present.find("Route", "a").filter((rule) -> rule.revision() == first).isEmpty()) {
				throw ApiProblem.of(HttpStatus.PRECONDITION_FAILED, "changed meanwhile");
			}
			return List.of(MeshStoreContract.put("a", 2));
		});

		assertThat(conditional.block()).isNotNull();
		assertThatExceptionOfType(ApiProblem.class).isThrownBy(conditional::block)
			.withMessageContaining("changed meanwhile");
	}

	@Test
	void shareFactsAndRowsOfLeases() {
		SharedLease up = lease(this.one, "i1", false, "up");
		this.one.nodes().share(List.of(up));
		this.one.keep(List.of(new Fact("drain", "a/i1", "alice", MeshJson.mapper().createObjectNode().put("x", 1))))
			.block();

		await().until(() -> this.seenByTwo.stream().anyMatch((change) -> change.rows().contains(up)));
		await().until(() -> this.two.facts("drain").containsKey("a/i1"));
		assertThat(this.two.nodes().leases()).containsExactly(up);
		this.one.nodes().share(List.of(lease(this.one, "i1", true, "left")));
		await().until(() -> this.two.nodes().leases().isEmpty());
	}

	private static SharedLease lease(RedisStore node, String id, boolean gone, String content) {
		return new SharedLease("a", id, node.nodes().self(), node.nodes().self() + " p1 alive", "-", gone,
				content.getBytes(StandardCharsets.UTF_8));
	}

	@Test
	void knowWhatTheOtherHasJustKeptOnceTheyHaveAsked() {
		for (int i = 0; i < 50; i++) {
			String subject = "t" + i;
			this.one.keep(List.of(new Fact("token", subject, "ann", MeshJson.mapper().createObjectNode()))).block();

			this.two.caughtUp().block(Duration.ofSeconds(5));

			assertThat(this.two.facts("token")).containsKey(subject);
		}
	}

	@Test
	void knowEachOtherAndTellEachOtherNews() {
		List<String> heard = new CopyOnWriteArrayList<>();
		List<String> lost = new CopyOnWriteArrayList<>();
		this.two.nodes()
			.listen("edges", (node, news) -> heard.add(node + " " + new String(news, StandardCharsets.UTF_8)));
		this.one.nodes().onNodeLost(lost::add);
		await().until(() -> this.one.nodes().others().contains(this.two.nodes().self())
				&& this.two.nodes().others().contains(this.one.nodes().self()));

		this.one.nodes().tell("edges", "many".getBytes(StandardCharsets.UTF_8));

		await().until(() -> heard.contains(this.one.nodes().self() + " many"));
		assertThat(lost).isEmpty();
	}

	@Test
	void hearAtOnceWhenOneOfThemEnds() throws InterruptedException {
		List<String> lost = new CopyOnWriteArrayList<>();
		this.one.nodes().onNodeLost(lost::add);
		await().until(() -> !this.one.nodes().others().isEmpty());

		this.two.close();

		await().until(() -> lost.contains(this.two.nodes().self()));
		assertThat(this.one.nodes().others()).isEmpty();
	}

	@Test
	void keepNoMoreOfTheHistoryThanTheyShould() throws InterruptedException {
		RedisContainer redis = RedisContainer.shared();
		RedisServer server = TestStores.server(RedisURI.builder().withHost(redis.getHost()).withPort(redis.port()));
		for (int i = 0; i < 6; i++) {
			put(this.one, "a", i);
		}
		try (RedisStore strict = RedisStore.open(server, this.properties,
				new StoreProperties.History(3, Duration.ofDays(365)), InstantSource.system(), TestStores.WAITING)) {
			put(strict, "b", 1);

			await().until(() -> strict.audit().versions("Route", "a").block().size() == 3);
			put(this.one, "c", 1);
			await().until(() -> this.two.rules().size() == 3);
		}
		List<AuditRow> rows = this.two.audit().after(0).block();
		assertThat(rows).extracting(AuditRow::sequence).containsExactly(4L, 5L, 6L, 7L, 8L, 9L);
		assertThat(rows).extracting(AuditRow::type).containsOnlyOnce("checkpoint");
		for (int i = 1; i < rows.size(); i++) {
			assertThat(rows.get(i).previous()).isEqualTo(rows.get(i - 1).hash());
		}
	}

	@Test
	void keepADigestOfWhatIsLeftOfALongHistory() throws InterruptedException {
		RedisContainer redis = RedisContainer.shared();
		RedisServer server = TestStores.server(RedisURI.builder().withHost(redis.getHost()).withPort(redis.port()));
		Flux.range(0, 600)
			.flatMap((i) -> this.one.write((present) -> List.of(MeshStoreContract.put("s" + i % 7, i))), 50)
			.blockLast();
		try (RedisStore strict = RedisStore.open(server, this.properties,
				new StoreProperties.History(3, Duration.ofDays(365)), InstantSource.system(), TestStores.WAITING)) {
			await().until(() -> strict.audit().versions("Route", "s1").block().size() == 3);
			put(strict, "s1", 1_000);
		}

		List<LedgerRow> rows = rows(this.two);
		LedgerRow checkpoint = rows.get(rows.size() - 2);
		assertThat(rows).hasSize(7 * 3 + 2);
		assertThat(checkpoint.entry().type()).isEqualTo(LedgerEntry.CHECKPOINT);
		LedgerRow end = rows.get(rows.size() - 1);
		LedgerHead head = new LedgerHead(this.two.registry(), end.sequence(), end.hash(), 0);
		assertThat(isWhole(rows, checkpoint, head)).isTrue();
		assertThat(isWhole(rows.subList(1, rows.size()), checkpoint, head)).as("one is missing").isFalse();
	}

	private List<LedgerRow> rows(RedisStore node) {
		List<LedgerRow> rows = new ArrayList<>();
		for (List<AuditRow> page = List.of(); rows.isEmpty() || !page.isEmpty();) {
			page = node.audit().after(rows.isEmpty() ? 0 : rows.get(rows.size() - 1).sequence()).block();
			page.forEach((row) -> rows.add(new LedgerRow(row.sequence(),
					new LedgerEntry(row.revision(), row.type(), row.subject(), row.author(), row.at(),
							row.body().getBytes(StandardCharsets.UTF_8)),
					HexFormat.of().parseHex(row.previous()), HexFormat.of().parseHex(row.hash()))));
		}
		return rows;
	}

	private static boolean isWhole(List<LedgerRow> rows, LedgerRow checkpoint, LedgerHead head) {
		ChainCheck check = new ChainCheck(head, Checkpoint.read(checkpoint.entry().body()), new KeptRows());
		return rows.stream().allMatch(check::accept) && check.endsAt(head);
	}

	@Test
	void forgetWhatHasEndedLongAgo() throws InterruptedException {
		RedisContainer redis = RedisContainer.shared();
		RedisServer server = TestStores.server(RedisURI.builder().withHost(redis.getHost()).withPort(redis.port()));
		put(this.one, "a", 1);
		this.one.keep(List.of(new Fact("session", "s1", "ann", MeshJson.mapper().createObjectNode()))).block();
		this.one.keep(List.of(Fact.over("session", "s1", "ann"))).block();
		InstantSource nextYear = InstantSource.offset(InstantSource.system(), Duration.ofDays(366));
		try (RedisStore later = RedisStore.open(server, this.properties, TestStores.HISTORY, nextYear,
				TestStores.WAITING)) {
			String prefix = "{meshup:" + this.properties.name() + "}:";
			await().until(() -> redis.cli("hkeys", prefix + "state").strip().equals("rule:Route/a"));
			put(this.two, "b", 1);
			redis.cli("xtrim", prefix + "changes", "maxlen", "0");
			put(later, "c", 1);
			await().until(() -> this.two.rules().size() == 3);
			assertThat(redis.cli("hkeys", prefix + "state")).as("nobody writes it back").doesNotContain("session");
		}
	}

}
