package io.meshup.registry.store;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.meshup.model.MeshJson;
import io.meshup.registry.problem.ApiProblem;
import io.meshup.registry.store.ledger.chain.LedgerEntry;
import io.meshup.registry.store.rule.Reason;
import io.meshup.registry.store.rule.RuleChange;
import io.meshup.registry.store.rule.RuleCommit;
import io.meshup.registry.store.rule.RuleSet;
import io.meshup.registry.store.rule.StoredRule;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.http.HttpStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What every store does, whatever it keeps its rows in.
 */
public abstract class MeshStoreContract {

	protected static final Duration LIMIT = Duration.ofSeconds(30);

	protected static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-22T08:00:00.123456Z"));

	/**
	 * The store under test.
	 * @return always the same one, until {@link #reopen()}
	 */
	protected abstract MeshStore store();

	/**
	 * The nodes of the store under test.
	 * @return this node among them
	 */
	protected abstract Nodes nodes();

	/**
	 * Ends the store and begins it anew on what it has kept.
	 */
	protected abstract void reopen();

	public static RuleChange put(String name, int weight) {
		ObjectNode spec = MeshJson.mapper().createObjectNode().put("service", name);
		spec.putObject("x").put("weight", weight);
		return new RuleChange.Put("Route", name, "alice", spec, Reason.NONE);
	}

	protected static RuleChange delete(String name) {
		return new RuleChange.Delete("Route", name, "bob", Reason.of("no longer"));
	}

	protected final RuleCommit write(RuleChange... changes) {
		return store().write((present) -> List.of(changes)).blockOptional(LIMIT).orElseThrow();
	}

	public static Optional<Integer> weight(RuleSet rules, String name) {
		return rules.find("Route", name).map((rule) -> rule.spec().at("/x/weight").intValue());
	}

	private void keep(Fact... facts) {
		store().keep(List.of(facts)).block(LIMIT);
	}

	private static Fact fact(String subject, String content) {
		return new Fact("drain", subject, "alice", MeshJson.mapper().createObjectNode().put("x", content));
	}

	@Test
	void keepsRulesWithTheServersMetadata() {
		RuleCommit commit = write(put("orders", 1));

		StoredRule rule = store().rules().get(0);
		assertThat(new String(rule.json(), StandardCharsets.UTF_8)).isEqualTo("""
				{"apiVersion":"meshup.io/v1","kind":"Route","metadata":{"name":"orders","revision":%s,\
				"createdAt":"2026-11-22T08:00:00.123Z","updatedAt":"2026-11-22T08:00:00.123Z",\
				"updatedBy":"alice"},"spec":{"service":"orders","x":{"weight":1}}}""".formatted(commit.revision()));
		assertThat(commit.revision()).isEqualTo(store().firstRevision() + 1).isEqualTo(store().revision());
	}

	@Test
	void hasTheSameRulesAndFactsAfterAReopening() {
		write(put("a", 1), put("b", 2));
		write(put("a", 3));
		write(delete("b"));
		keep(fact("one", "1"), fact("two", "2"));
		keep(Fact.over("drain", "two", "bob"));
		List<StoredRule> before = store().rules();
		long revision = store().ruleSet().revision();
		String registry = store().registry();

		reopen();

		assertThat(store().rules()).isEqualTo(before).hasSize(1);
		assertThat(store().ruleSet().revision()).isEqualTo(revision);
		assertThat(store().registry()).isEqualTo(registry);
		assertThat(store().facts("drain")).containsOnlyKeys("one").containsValue(fact("one", "1"));
	}

	@Test
	void startsAboveEverythingThatWasEverSent() {
		long before = write(put("a", 1)).revision();
		store().touch("a");
		await().until(() -> store().revision() > before);
		long last = store().revision();

		reopen();

		assertThat(store().firstRevision()).isGreaterThan(last).isEqualTo(store().revision());
		assertThat(write(put("a", 2)).revision()).isEqualTo(store().firstRevision() + 1);
	}

	@Test
	void publishesWritesAndTouchesInAscendingRevisions() {
		List<ServiceChanged> seen = Collections.synchronizedList(new ArrayList<>());
		store().subscribe(seen::add);

		List<RuleCommit> commits = Flux.range(0, 200).flatMap((i) -> {
			store().touch("t" + i);
			return store().write((present) -> List.of(put("s" + i, i)));
		}, 64).collectList().blockOptional(LIMIT).orElseThrow();

		await().atMost(LIMIT).until(() -> seen.size() == 400);
		assertThat(seen).extracting(ServiceChanged::revision).isSorted().doesNotHaveDuplicates();
		assertThat(commits).extracting(RuleCommit::revision).doesNotHaveDuplicates();
		assertThat(store().rules()).hasSize(200);
	}

	@Test
	void isPublishedAndReadableBeforeTheWriterHears() {
		List<Integer> seen = Collections.synchronizedList(new ArrayList<>());
		store().subscribe((change) -> seen.add(store().rulesFor(change.service()).size()));

		write(put("a", 1));

		assertThat(seen).containsExactly(1);
	}

	@Test
	void raisesTheRevisionOnlyAfterTheSubscribersHaveHeard() {
		List<Long> seen = Collections.synchronizedList(new ArrayList<>());
		store().subscribe((change) -> seen.add(change.revision() - store().revision()));

		write(put("a", 1), put("b", 1));

		assertThat(seen).containsExactly(1L, 1L);
	}

	@Test
	void publishesBothServicesOfARuleThatMoves() {
		List<String> seen = Collections.synchronizedList(new ArrayList<>());
		write(put("a", 1));
		store().subscribe((change) -> seen.add(change.service()));

		write(new RuleChange.Put("Route", "a", "alice", MeshJson.mapper().createObjectNode().put("service", "other"),
				Reason.NONE));

		assertThat(seen).containsExactly("a", "other");
	}

	@Test
	void goesOnAfterASubscriberFails() {
		store().subscribe((change) -> {
			throw new IllegalStateException("a broken subscriber");
		});

		write(put("a", 1));

		assertThat(write(put("b", 1)).rules().all()).hasSize(2);
	}

	@Test
	void refusesOneBatchWithoutHarmToTheOthers() {
		List<Mono<RuleCommit>> writes = IntStream.range(0, 20).mapToObj((i) -> store().write((present) -> {
			if (i % 2 == 0) {
				throw ApiProblem.of(HttpStatus.CONFLICT, "no");
			}
			return List.of(put("s" + i, i));
		}).onErrorResume(ApiProblem.class, (ex) -> Mono.empty())).toList();

		List<RuleCommit> commits = Flux.merge(writes).collectList().blockOptional(LIMIT).orElseThrow();

		assertThat(commits).hasSize(10);
		assertThat(store().rules()).hasSize(10);
	}

	@Test
	void tellsEachWriterOfACommonCommitWhatItLeftItself() {
		CompletableFuture<List<RuleChange>> release = new CompletableFuture<>();
		CompletableFuture<RuleCommit> blocking = store().write((present) -> release.join()).toFuture();
		CompletableFuture<RuleCommit> first = store().write((present) -> List.of(put("a", 1))).toFuture();
		CompletableFuture<RuleCommit> second = store().write((present) -> List.of(put("a", 2))).toFuture();
		CompletableFuture<RuleCommit> unchanged = store().write((present) -> List.of()).toFuture();
		CompletableFuture<RuleCommit> last = store().write((present) -> List.of(delete("a"))).toFuture();

		release.complete(List.of());

		assertThat(blocking).succeedsWithin(LIMIT);
		assertThat(weight(first)).contains(1);
		assertThat(weight(second)).contains(2);
		assertThat(weight(unchanged)).contains(2);
		assertThat(weight(last)).isEmpty();
		assertThat(unchanged.join().revision()).isBetween(second.join().revision(), store().revision());
	}

	private static Optional<Integer> weight(CompletableFuture<RuleCommit> commit) {
		return weight(commit.orTimeout(30, TimeUnit.SECONDS).join().rules(), "a");
	}

	@Test
	void goesOnAfterAnErrorOfTheMachine() {
		CompletableFuture<RuleCommit> failing = store().write((present) -> {
			throw new StackOverflowError("made by a test");
		}).toFuture();

		assertThat(failing).failsWithin(LIMIT);
		assertThat(write(put("a", 1)).rules().all()).hasSize(1);
	}

	@Test
	void takesNoRevisionForAnEmptyBatchAndForFacts() {
		long revision = store().revision();

		assertThat(write().revision()).isEqualTo(revision);
		keep(fact("one", "1"));

		assertThat(store().revision()).isEqualTo(revision);
		assertThat(store().facts("drain")).containsOnlyKeys("one");
	}

	@Test
	void chainsEveryRowOfTheAuditLogToTheOneBefore() {
		write(put("a", 1));
		store().audit().record(new Fact("event:signed-in", "alice", "alice", MeshJson.mapper().createObjectNode()));
		write(put("a", 2));
		write(delete("a"));
		await().until(() -> audit().size() == 4);

		List<AuditRow> rows = audit();

		assertThat(rows).extracting(AuditRow::sequence).containsExactly(1L, 2L, 3L, 4L);
		assertThat(rows.stream().filter((row) -> row.subject().equals("Route/a"))).extracting(AuditRow::type)
			.containsExactly(LedgerEntry.RULE, LedgerEntry.RULE, LedgerEntry.RULE_DELETED);
		assertThat(rows.get(0).previous()).isEqualTo("0".repeat(64));
		IntStream.range(1, 4)
			.forEach((i) -> assertThat(rows.get(i).previous()).isEqualTo(rows.get(i - 1).hash()).hasSize(64));
		assertThat(store().audit().before(Long.MAX_VALUE).block(LIMIT)).extracting(AuditRow::sequence)
			.containsExactly(4L, 3L, 2L, 1L);
		assertThat(store().audit().before(3).block(LIMIT)).hasSize(2);
		assertThat(store().audit().after(3).block(LIMIT)).isEqualTo(rows.subList(3, 4));
		assertThat(store().audit().rows(List.of(4L, 1L, 9L)).block(LIMIT)).isEqualTo(List.of(rows.get(0), rows.get(3)));
	}

	@Test
	void keepsEveryVersionOfARule() {
		write(put("a", 1), put("b", 1));
		write(put("a", 2));
		write(delete("a"));
		reopen();

		List<AuditRow> versions = store().audit().versions("Route", "a").block(LIMIT);

		assertThat(versions).extracting(AuditRow::type)
			.containsExactly(LedgerEntry.RULE, LedgerEntry.RULE, LedgerEntry.RULE_DELETED);
		assertThat(versions).extracting(AuditRow::author).containsExactly("alice", "alice", "bob");
		assertThat(versions).extracting(AuditRow::earlier)
			.containsExactly(0L, versions.get(0).sequence(), versions.get(1).sequence());
		assertThat(store().audit().versions("Route", "unknown").block(LIMIT)).isEmpty();
	}

	private List<AuditRow> audit() {
		return store().audit().after(0).blockOptional(LIMIT).orElseThrow();
	}

	@Test
	void publishesRowsOfLeasesInTheirOrderWithTheirService() {
		List<SharedLease> seen = Collections.synchronizedList(new ArrayList<>());
		List<String> services = Collections.synchronizedList(new ArrayList<>());
		store().subscribe((change) -> {
			seen.addAll(change.rows());
			services.add(change.service());
		});

		nodes().share(List.of(lease("a", "i1", "up"), lease("b", "i2", "up")));
		await().until(() -> seen.size() == 2);
		nodes().share(List.of(lease("a", "i1", "down")));
		await().until(() -> seen.size() == 3);

		assertThat(seen).containsExactlyInAnyOrder(lease("a", "i1", "up"), lease("b", "i2", "up"),
				lease("a", "i1", "down"));
		assertThat(seen.get(2)).isEqualTo(lease("a", "i1", "down"));
		assertThat(services).contains("a", "b");
		assertThat(nodes().isConnected()).isTrue();
		assertThat(nodes().others()).isEmpty();
	}

	private SharedLease lease(String service, String id, String content) {
		return new SharedLease(service, id, nodes().self(), nodes().self() + " p1 alive", "-", false,
				content.getBytes(StandardCharsets.UTF_8));
	}

}
