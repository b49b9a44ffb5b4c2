package io.meshup.registry.lease.intent;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BiConsumer;

import io.meshup.registry.lease.shared.ServiceRevisions;
import io.meshup.registry.lease.table.Alone;
import io.meshup.registry.limit.LimitConfiguration;
import io.meshup.registry.store.MeshStore;
import io.meshup.registry.store.embedded.StoreConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link Intents} on a real store.
 */
class IntentsTests {

	private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-22T08:00:00.123456Z"));

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static final Intent.Target ONE = new Intent.Target("stock", Intent.Scope.INSTANCE, "s1");

	private static final Intent.Target ALL = new Intent.Target("stock", Intent.Scope.VERSION, "v1");

	private ApplicationContextRunner registry;

	@BeforeEach
	void place(@TempDir Path directory) {
		this.registry = new ApplicationContextRunner()
			.withUserConfiguration(StoreConfiguration.class, LimitConfiguration.class)
			.withPropertyValues("mesh.registry.data-dir=" + directory.resolve("data"));
	}

	@Test
	void getsTheFirstRevisionThatShowsIt() {
		run((store, intents) -> {
			long before = store.revision();
			store.subscribe((change) -> assertThat(intents.present().of("stock")).hasSize(1));

			intents.begin(ONE, "alice").block(LIMIT);

			await().until(() -> revision(intents) > before);
			assertThat(revision(intents)).isEqualTo(store.revision());
			Intent kept = intents.present().find("stock", "s1", "v9").orElseThrow();
			assertThat(kept.by()).isEqualTo("alice");
			assertThat(kept.since()).isEqualTo("2026-11-22T08:00:00.123Z");
			store.touch("stock");
			await().until(() -> store.revision() > kept.revision());
			assertThat(revision(intents)).isEqualTo(kept.revision());
		});
	}

	@Test
	void changesNothingTheSecondTime() {
		run((store, intents) -> {
			intents.begin(ONE, "alice").block(LIMIT);
			intents.begin(ONE, "bob").block(LIMIT);
			assertThat(intents.present().find(ONE)).get().extracting(Intent::by).isEqualTo("alice");

			intents.end(ONE, "bob").block(LIMIT);
			intents.end(ONE, "bob").block(LIMIT);

			assertThat(intents.present().of("stock")).isEmpty();
		});
	}

	@Test
	void isInForceFromTheFirstRevisionOnAfterARestart() {
		run((store, intents) -> {
			intents.begin(ONE, "alice").block(LIMIT);
			intents.begin(ALL, "alice").block(LIMIT);
			intents.end(ONE, "bob").block(LIMIT);
		});

		run((store, intents) -> {
			assertThat(intents.present().of("stock")).extracting(Intent::target).containsExactly(ALL);
			assertThat(revision(intents)).isEqualTo(store.firstRevision());
			assertThat(intents.present().find("stock", "any", "v2")).isEmpty();
			assertThat(intents.present().find("other", "any", "v1")).isEmpty();
		});
	}

	private static long revision(Intents intents) {
		return intents.present().of("stock").get(0).revision();
	}

	private void run(BiConsumer<MeshStore, Intents> test) {
		this.registry.run((context) -> {
			MeshStore store = context.getBean(MeshStore.class);
			Intents intents = new Intents(store, new ServiceRevisions(store, new Alone()), CLOCK);
			store.subscribe(intents::published);
			test.accept(store, intents);
		});
	}

}
