package io.meshup.registry.store.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

import io.meshup.model.MeshJson;
import io.meshup.registry.store.AuditRow;
import io.meshup.registry.store.Fact;
import io.meshup.registry.store.StoreProperties;
import io.meshup.registry.store.ledger.DataDirectory;
import io.meshup.registry.store.ledger.Ledger;
import io.meshup.registry.store.ledger.StoreUnusableException;
import io.meshup.registry.store.rule.Reason;
import io.meshup.registry.store.rule.RuleChange;
import io.meshup.registry.store.rule.StoredRule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * What is dropped from the ledger, and that the rest can still be checked.
 */
class RetentionTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static final StoreProperties.History THREE = new StoreProperties.History(3, Duration.ofDays(30));

	@TempDir
	private Path directory;

	private Instant now = Instant.parse("2026-11-22T08:00:00Z");

	private final InstantSource clock = () -> this.now;

	private DataDirectory data;

	private EmbeddedStore store;

	@BeforeEach
	void open() {
		this.data = DataDirectory.open(this.directory);
		this.store = EmbeddedStore.open(this.data, THREE, this.clock, EmbeddedStoreTests.WAITING);
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

	private void put(String name, int weight) {
		this.store.write((present) -> List.of(EmbeddedStoreTests.put(name, weight))).block(LIMIT);
	}

	private List<AuditRow> rows() {
		return List.copyOf(this.store.audit().after(0).blockOptional(LIMIT).orElseThrow());
	}

	private List<AuditRow> versions(String name) {
		return List.copyOf(this.store.audit().versions("Route", name).blockOptional(LIMIT).orElseThrow());
	}

	@Test
	void keepsSoManyVersionsOfARuleAndStillProvesTheRest() throws InterruptedException {
		for (int i = 0; i < 10; i++) {
			put("a", i);
			put("b" + i, i);
		}
		List<StoredRule> before = this.store.rules();
		long changed = this.store.ruleSet().revision();

		reopen();
		assertThat(versions("a")).hasSize(3);
		assertThat(rows()).extracting(AuditRow::type).endsWith("checkpoint").hasSize(14);
		assertThat(this.store.rules()).isEqualTo(before);
		assertThat(this.store.ruleSet().revision()).isEqualTo(changed);

		put("a", 11);
		reopen();
		reopen();
		assertThat(versions("a")).hasSize(3);
		assertThat(this.store.rules()).hasSize(11);
	}

	@Test
	void cutsWhileItRunsToTheSameAsAtAStart() throws InterruptedException {
		int many = 10_001;
		List<Fact> states = new ArrayList<>();
		for (int i = 0; i < many; i++) {
			states.add(new Fact("drain", "s/i" + i % 2, "bob", MeshJson.mapper().createObjectNode().put("x", i)));
		}
		put("a", 1);
		this.store.keep(states).block(LIMIT);
		put("a", 2);

		// What is less than a step's worth waits for more.
		await().untilAsserted(() -> assertThat(rows()).hasSizeLessThan(2 + 6 + 4 + 256));
		assertThat(versions("a")).hasSize(2);
		reopen();
		assertThat(rows()).extracting(AuditRow::type).filteredOn("drain"::equals).hasSize(6);
		assertThat(rows()).extracting(AuditRow::type).filteredOn("checkpoint"::equals).hasSize(4);
		reopen();
		assertThat(this.store.facts("drain").get("s/i0").content().path("x").asInt()).isEqualTo(10_000);
	}

	@Test
	void dropsWhatBecomesTooOldWhileItRuns() throws InterruptedException {
		for (int i = 0; i < 300; i++) {
			put("a" + i % 150, i);
		}
		assertThat(rows()).hasSize(300);

		this.now = this.now.plus(Duration.ofDays(31));
		put("b", 1);

		await()
			.untilAsserted(() -> assertThat(rows()).extracting(AuditRow::type).filteredOn("rule"::equals).hasSize(151));
		long revision = this.store.ruleSet().revision();
		reopen();
		assertThat(this.store.rules()).hasSize(151);
		assertThat(this.store.ruleSet().revision()).isEqualTo(revision);
	}

	@Test
	void dropsWhatIsTooOldButNeverWhatIsInForce() throws InterruptedException {
		put("kept", 1);
		put("kept", 2);
		put("gone", 1);
		this.store.write((present) -> List.of(new RuleChange.Delete("Route", "gone", "bob", Reason.NONE))).block(LIMIT);
		this.store.keep(List.of(new Fact("drain", "s/i", "bob", MeshJson.mapper().createObjectNode().put("x", 1))))
			.block(LIMIT);
		this.store.keep(List.of(new Fact("event:signed-in", "bob", "bob", MeshJson.mapper().createObjectNode())))
			.block(LIMIT);

		this.now = this.now.plus(Duration.ofDays(31));
		reopen();

		assertThat(rows()).extracting(AuditRow::type).containsExactly("rule", "drain", "checkpoint");
		assertThat(this.store.rules()).hasSize(1);
		assertThat(this.store.facts("drain")).containsOnlyKeys("s/i");
		assertThat(versions("gone")).isEmpty();
	}

	@Test
	void chainsOnFromTheCheckpoint() throws InterruptedException {
		for (int i = 0; i < 5; i++) {
			put("a", i);
		}
		String last = rows().get(4).hash();

		reopen();
		put("b", 1);

		List<AuditRow> rows = rows();
		assertThat(rows).extracting(AuditRow::type).containsExactly("rule", "rule", "rule", "checkpoint", "rule");
		assertThat(rows.get(3).previous()).isEqualTo(last);
		assertThat(rows.get(3).body()).contains("\"through\":5", last, "\"dropped\":2");
		assertThat(rows.get(4).previous()).isEqualTo(rows.get(3).hash());
	}

	@Test
	void refusesAKeptRowThatWasChangedOrTakenAway() throws Exception {
		for (int i = 0; i < 5; i++) {
			put("a", i);
		}
		reopen();
		this.store.close();
		Path file = this.directory.resolve(Ledger.FILE);
		byte[] good = Files.readAllBytes(file);

		for (String sql : List.of("UPDATE entry SET author = 'eve' WHERE sequence = 3",
				"DELETE FROM entry WHERE sequence = 4", "DELETE FROM entry WHERE sequence = 6")) {
			try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
					Statement statement = connection.createStatement()) {
				statement.execute(sql);
			}
			assertThatExceptionOfType(StoreUnusableException.class).as(sql)
				.isThrownBy(() -> Ledger.open(this.data, new RuleHistory(3)))
				.withMessageContaining("is damaged");
			Files.write(file, good);
		}
		Ledger.open(this.data, new RuleHistory(3)).close();
	}

}
