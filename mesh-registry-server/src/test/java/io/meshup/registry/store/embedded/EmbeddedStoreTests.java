package io.meshup.registry.store.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
import io.meshup.registry.store.Reason;
import io.meshup.registry.store.RuleChange;
import io.meshup.registry.store.RuleCommit;
import io.meshup.registry.store.ServiceChanged;
import io.meshup.registry.store.StoreProperties;
import io.meshup.registry.store.StoredRule;
import io.meshup.registry.store.ledger.DataDirectory;
import io.meshup.registry.store.ledger.Ledger;
import io.meshup.registry.store.ledger.LedgerEntry;
import io.meshup.registry.store.ledger.StoreUnusableException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.http.HttpStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

class EmbeddedStoreTests {

	static final StoreProperties.History HISTORY = new StoreProperties.History(100, Duration.ofDays(365));

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-22T08:00:00.123456Z"));

	private static final ObjectNode SPEC = MeshJson.mapper().createObjectNode().put("service", "a");

	@TempDir
	private Path directory;

	private DataDirectory data;

	private EmbeddedStore store;

	@BeforeEach
	void open() {
		this.data = DataDirectory.open(this.directory.resolve("data"));
		this.store = EmbeddedStore.open(this.data, HISTORY, CLOCK);
	}

	@AfterEach
	void close() throws InterruptedException {
		this.store.close();
		this.data.close();
	}

	private void reopen() throws InterruptedException {
		close();
		open();
	}

	static RuleChange put(String name, int weight) {
		ObjectNode spec = MeshJson.mapper().createObjectNode().put("service", name);
		spec.putObject("x").put("weight", weight);
		return new RuleChange.Put("Route", name, "alice", spec, Reason.NONE);
	}

	private RuleCommit write(RuleChange... changes) {
		return this.store.write((present) -> List.of(changes)).blockOptional(LIMIT).orElseThrow();
	}

	@Test
	void keepsRulesWithTheServersMetadata() {
		RuleCommit commit = write(put("orders", 1));

		StoredRule rule = this.store.rules().get(0);
		assertThat(new String(rule.json(), StandardCharsets.UTF_8)).isEqualTo("""
				{"apiVersion":"meshup.io/v1","kind":"Route","metadata":{"name":"orders","revision":2,\
				"createdAt":"2026-11-22T08:00:00.123Z","updatedAt":"2026-11-22T08:00:00.123Z",\
				"updatedBy":"alice"},"spec":{"service":"orders","x":{"weight":1}}}""");
		assertThat(commit.revision()).isEqualTo(2).isEqualTo(this.store.revision());
	}

	@Test
	void hasTheSameRulesAfterAReopening() throws InterruptedException {
		write(put("a", 1), put("b", 2));
		write(put("a", 3));
		write(new RuleChange.Delete("Route", "b", "bob", Reason.NONE));
		List<StoredRule> before = this.store.rules();
		String registry = this.store.registry();

		reopen();

		assertThat(this.store.rules()).isEqualTo(before).hasSize(1);
		assertThat(this.store.registry()).isEqualTo(registry);
	}

	@Test
	void startsAboveEverythingThatWasEverSent() throws InterruptedException {
		assertThat(this.store.firstRevision()).isEqualTo(1);

		reopen();

		assertThat(this.store.firstRevision()).isEqualTo(100_001);
		assertThat(this.store.revision()).isEqualTo(100_001);
		assertThat(write(put("a", 1)).revision()).isEqualTo(100_002);
	}

	@Test
	void keepsEveryRevisionOfARule() throws InterruptedException {
		write(put("a", 1));
		write(put("a", 2));
		write(new RuleChange.Delete("Route", "a", "bob", Reason.NONE));
		this.store.close();

		List<LedgerEntry> entries = new ArrayList<>();
		Ledger.open(this.data, (sequence, entry) -> entries.add(entry)).close();

		assertThat(entries).extracting(LedgerEntry::type).containsExactly("rule", "rule", "rule-deleted");
		assertThat(entries).extracting(LedgerEntry::author).containsExactly("alice", "alice", "bob");
		assertThat(entries.get(0).body()).isNotEmpty().isNotEqualTo(entries.get(1).body());
	}

	@Test
	void publishesWritesAndTouchesInAscendingRevisions() {
		List<ServiceChanged> seen = Collections.synchronizedList(new ArrayList<>());
		this.store.subscribe(seen::add);

		List<RuleCommit> commits = Flux.range(0, 200).flatMap((i) -> {
			this.store.touch("t" + i);
			return this.store.write((present) -> List.of(put("s" + i, i)));
		}, 64).collectList().blockOptional(LIMIT).orElseThrow();

		await().atMost(LIMIT).until(() -> seen.size() == 400);
		assertThat(seen).extracting(ServiceChanged::revision).isSorted().doesNotHaveDuplicates();
		assertThat(commits).extracting(RuleCommit::revision).doesNotHaveDuplicates();
		assertThat(this.store.rules()).hasSize(200);
	}

	@Test
	void isPublishedAndReadableBeforeTheWriterHears() {
		List<Integer> seen = Collections.synchronizedList(new ArrayList<>());
		this.store.subscribe((change) -> seen.add(this.store.rulesFor(change.service()).size()));

		write(put("a", 1));

		assertThat(seen).containsExactly(1);
	}

	@Test
	void raisesTheRevisionOnlyAfterTheSubscribersHaveHeard() {
		List<Long> seen = Collections.synchronizedList(new ArrayList<>());
		this.store.subscribe((change) -> seen.add(change.revision() - this.store.revision()));

		write(put("a", 1), put("b", 1));

		assertThat(seen).containsExactly(1L, 1L);
	}

	@Test
	void goesOnAfterASubscriberFails() {
		this.store.subscribe((change) -> {
			throw new IllegalStateException("a broken subscriber");
		});

		write(put("a", 1));

		assertThat(write(put("b", 1)).rules().all()).hasSize(2);
	}

	@Test
	void refusesOneBatchWithoutHarmToTheOthers() {
		List<Mono<RuleCommit>> writes = IntStream.range(0, 20).mapToObj((i) -> this.store.write((present) -> {
			if (i % 2 == 0) {
				throw ApiProblem.of(HttpStatus.CONFLICT, "no");
			}
			return List.of(put("s" + i, i));
		}).onErrorResume(ApiProblem.class, (ex) -> Mono.empty())).toList();

		List<RuleCommit> commits = Flux.merge(writes).collectList().blockOptional(LIMIT).orElseThrow();

		assertThat(commits).hasSize(10);
		assertThat(this.store.rules()).hasSize(10);
	}

	@Test
	void tellsEachWriterOfACommonCommitWhatItLeftItself() {
		CompletableFuture<List<RuleChange>> release = new CompletableFuture<>();
		CompletableFuture<RuleCommit> blocking = this.store.write((present) -> release.join()).toFuture();
		CompletableFuture<RuleCommit> first = this.store.write((present) -> List.of(put("a", 1))).toFuture();
		CompletableFuture<RuleCommit> second = this.store.write((present) -> List.of(put("a", 2))).toFuture();
		CompletableFuture<RuleCommit> unchanged = this.store.write((present) -> List.of()).toFuture();
		CompletableFuture<RuleCommit> last = this.store
			.write((present) -> List.of(new RuleChange.Delete("Route", "a", "bob", Reason.NONE)))
			.toFuture();

		release.complete(List.of());

		assertThat(blocking).succeedsWithin(LIMIT);
		assertThat(weight(first)).contains(1);
		assertThat(weight(second)).contains(2);
		assertThat(weight(unchanged)).contains(2);
		assertThat(weight(last)).isEmpty();
		assertThat(unchanged.join().revision()).isEqualTo(this.store.revision());
	}

	@Test
	void goesOnAfterAnErrorOfTheMachine() {
		CompletableFuture<RuleCommit> failing = this.store.write((present) -> {
			throw new StackOverflowError("made by a test");
		}).toFuture();

		assertThat(failing).failsWithin(LIMIT);
		assertThat(write(put("a", 1)).rules().all()).hasSize(1);
	}

	private static Optional<Integer> weight(CompletableFuture<RuleCommit> commit) {
		return commit.orTimeout(30, TimeUnit.SECONDS)
			.join()
			.rules()
			.find("Route", "a")
			.map((rule) -> rule.spec().at("/x/weight").intValue());
	}

	@Test
	void takesNoRevisionForAnEmptyBatch() {
		long revision = this.store.revision();

		assertThat(write().revision()).isEqualTo(revision);
		assertThat(this.store.revision()).isEqualTo(revision);
	}

	@Test
	void refusesWritesOnAFullDiskAndTakesThemAgainWithSpace() throws InterruptedException {
		write(put("a", 1));
		List<StoredRule> before = this.store.rules();
		List<ServiceChanged> seen = Collections.synchronizedList(new ArrayList<>());
		this.store.subscribe(seen::add);
		this.store.limitPages(1);
		RuleChange large = new RuleChange.Put("Route", "large", "alice",
				MeshJson.mapper().createObjectNode().put("service", "large").put("x", "y".repeat(100_000)),
				Reason.NONE);

		assertThatExceptionOfType(ApiProblem.class).isThrownBy(() -> write(large))
			.satisfies((problem) -> assertThat(problem.status()).isEqualTo(HttpStatus.INSUFFICIENT_STORAGE))
			.withMessageContaining("the disk is full");

		assertThat(this.store.rules()).isEqualTo(before);
		assertThat(seen).isEmpty();
		this.store.touch("b");
		await().atMost(LIMIT).until(() -> seen.size() == 1);
		this.store.limitPages(1_000_000);
		write(large);
		reopen();
		assertThat(this.store.rules()).hasSize(2);
	}

	@Test
	void reservesTheNextBlockBeforeTheOldOneIsUsedUp() throws InterruptedException {
		RuleChange[] many = IntStream.range(0, 60_000)
			.mapToObj((i) -> new RuleChange.Put("Route", "a" + i % 10, "alice", SPEC, Reason.NONE))
			.toArray(RuleChange[]::new);

		write(many);
		write(put("b", 1));
		write(many);
		long last = write(put("c", 1)).revision();

		assertThat(last).isGreaterThan(100_000).isEqualTo(this.store.revision());
		reopen();

		assertThat(this.store.firstRevision()).isGreaterThan(last);
	}

	@Test
	void refusesASecondOwnerOfTheDirectoryAtOnce() {
		assertThatExceptionOfType(StoreUnusableException.class)
			.isThrownBy(() -> DataDirectory.open(this.directory.resolve("data")))
			.withMessageContaining("in use by another registry (process " + ProcessHandle.current().pid() + ")");
	}

	@Test
	void keepsItsFilesToItself() throws IOException {
		write(put("a", 1));

		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(this.data.path())))
			.isEqualTo("rwx------");
		for (String file : List.of("mesh.db", "mesh.db-journal", "lock")) {
			assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(this.data.path().resolve(file))))
				.as(file)
				.isEqualTo("rw-------");
		}
	}

}
