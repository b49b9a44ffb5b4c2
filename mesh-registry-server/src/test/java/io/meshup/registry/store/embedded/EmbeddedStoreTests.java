package io.meshup.registry.store.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

import io.meshup.model.MeshJson;
import io.meshup.registry.problem.ApiProblem;
import io.meshup.registry.store.MeshStore;
import io.meshup.registry.store.MeshStoreContract;
import io.meshup.registry.store.Nodes;
import io.meshup.registry.store.ServiceChanged;
import io.meshup.registry.store.StoreProperties;
import io.meshup.registry.store.ledger.DataDirectory;
import io.meshup.registry.store.ledger.Ledger;
import io.meshup.registry.store.ledger.StoreUnusableException;
import io.meshup.registry.store.ledger.chain.LedgerEntry;
import io.meshup.registry.store.rule.Reason;
import io.meshup.registry.store.rule.RuleChange;
import io.meshup.registry.store.rule.StoredRule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.http.HttpStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

class EmbeddedStoreTests extends MeshStoreContract {

	static final StoreProperties.History HISTORY = new StoreProperties.History(100, Duration.ofDays(365));

	static final int WAITING = 1_000;

	private static final ObjectNode SPEC = MeshJson.mapper().createObjectNode().put("service", "a");

	@TempDir
	private Path directory;

	private DataDirectory data;

	private EmbeddedStore store;

	private Nodes nodes;

	@BeforeEach
	void open() {
		this.data = DataDirectory.open(this.directory.resolve("data"));
		this.store = EmbeddedStore.open(this.data, HISTORY, CLOCK, WAITING);
		this.nodes = new LoneNode(this.store::share);
	}

	@AfterEach
	void close() throws InterruptedException {
		this.store.close();
		this.data.close();
	}

	@Override
	protected void reopen() {
		try {
			close();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
		open();
	}

	@Override
	protected MeshStore store() {
		return this.store;
	}

	@Override
	protected Nodes nodes() {
		return this.nodes;
	}

	@Test
	void startsAboveTheRevisionsThatWereReserved() {
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
	void refusesWritesOnAFullDiskAndTakesThemAgainWithSpace() {
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
	void reservesTheNextBlockBeforeTheOldOneIsUsedUp() {
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
