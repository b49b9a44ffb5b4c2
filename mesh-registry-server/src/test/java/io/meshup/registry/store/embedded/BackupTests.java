package io.meshup.registry.store.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import io.meshup.registry.store.AuditRow;
import io.meshup.registry.store.ledger.DataDirectory;
import io.meshup.registry.store.rule.StoredRule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A copy of a running store, and a registry that begins from it.
 */
class BackupTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	@TempDir
	private Path directory;

	private DataDirectory data;

	private EmbeddedStore store;

	@BeforeEach
	void open() {
		this.data = DataDirectory.open(this.directory.resolve("data"));
		this.store = EmbeddedStore.open(this.data, EmbeddedStoreTests.HISTORY, InstantSource.system(),
				EmbeddedStoreTests.WAITING);
	}

	@AfterEach
	void close() throws InterruptedException {
		this.store.close();
		this.data.close();
	}

	private void put(String name, int weight) {
		this.store.write((present) -> List.of(EmbeddedStoreTests.put(name, weight))).block(LIMIT);
	}

	private Path backUp() {
		return this.store.backUp().blockOptional(LIMIT).orElseThrow();
	}

	private Path keep(Path backup) throws IOException {
		return Files.move(backup, this.directory.resolve("kept.db"));
	}

	private void restored(Path backup, Consumer<EmbeddedStore> look) throws IOException, InterruptedException {
		Path elsewhere = Files.createDirectory(this.directory.resolve("restored"));
		Files.move(backup, elsewhere.resolve("mesh.db"));
		try (DataDirectory owned = DataDirectory.open(elsewhere);
				EmbeddedStore again = EmbeddedStore.open(owned, EmbeddedStoreTests.HISTORY, InstantSource.system(),
						EmbeddedStoreTests.WAITING)) {
			look.accept(again);
		}
	}

	private static List<AuditRow> audit(EmbeddedStore store) {
		return List.copyOf(store.audit().after(0).blockOptional(LIMIT).orElseThrow());
	}

	@Test
	void bringsBackRulesAndHistoryOfTheSameRegistry() throws Exception {
		put("a", 1);
		put("a", 2);
		put("b", 1);
		List<StoredRule> rules = this.store.rules();
		List<AuditRow> audit = audit(this.store);
		Path backup = backUp();
		put("a", 3);

		restored(backup, (again) -> {
			assertThat(again.registry()).isEqualTo(this.store.registry());
			assertThat(again.rules()).isEqualTo(rules);
			assertThat(audit(again)).isEqualTo(audit);
		});
	}

	@Test
	void beginsAboveAllThatWasUsedSinceTheBackup() throws Exception {
		Path backup = keep(backUp());
		for (int i = 0; i < 3; i++) {
			close();
			open();
		}

		restored(backup, (again) -> assertThat(again.firstRevision()).isGreaterThan(this.store.revision()));
	}

	@Test
	void isWholeWhileOthersWrite() throws Exception {
		AtomicBoolean isOver = new AtomicBoolean();
		Thread writer = new Thread(() -> {
			for (int i = 0; !isOver.get(); i++) {
				put("a" + i % 7, i);
			}
		});
		writer.start();
		try {
			List<Path> backups = new ArrayList<>();
			for (int i = 0; i < 5; i++) {
				backups.add(backUp());
			}
			restored(backups.get(4), (again) -> assertThat(again.rules()).isNotEmpty());
		}
		finally {
			isOver.set(true);
			writer.join(LIMIT.toMillis());
		}
	}

	@Test
	void isReadableByItsOwnerOnlyAndLeavesNothingBehind() throws Exception {
		Path backup = backUp();

		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(backup))).isEqualTo("rw-------");
		close();
		open();
		assertThat(this.directory.resolve("data").toFile().list()).noneMatch((name) -> name.startsWith("backup"));
	}

}
