package io.meshup.registry.security.session;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import io.meshup.registry.ManualClock;
import io.meshup.registry.limit.LimitConfiguration;
import io.meshup.registry.store.MeshStore;
import io.meshup.registry.store.embedded.StoreConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Sessions} of two nodes over one store.
 */
class SharedSessionsTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private final ManualClock clock = new ManualClock();

	private final AtomicReference<Instant> wall = new AtomicReference<>(Instant.parse("2026-11-22T08:00:00Z"));

	@TempDir
	private Path directory;

	@Test
	void holdOnEveryNodeUntilTheyAreEndedOnAny() {
		withStore((store) -> {
			Sessions here = sessions(store);
			Sessions there = sessions(store);
			Session session = here.begin("admin").block(LIMIT);
			assertThat(session).isNotNull();
			String id = session.id().value();

			Session found = there.find(id).orElseThrow();
			assertThat(found.user()).isEqualTo("admin");
			assertThat(found.csrf().value()).isEqualTo(session.csrf().value()).isNotEqualTo(id);
			there.over(id).block(LIMIT);

			assertThat(here.find(id)).isEmpty();
			assertThat(there.find(id)).isEmpty();
			assertThat(sessions(store).find(id)).isEmpty();
		});
	}

	@Test
	void endAfterThirtyIdleMinutesAndLiveOnWhereTheyAreUsed() {
		withStore((store) -> {
			Sessions here = sessions(store);
			Session used = here.begin("admin").block(LIMIT);
			Session idle = here.begin("admin").block(LIMIT);
			assertThat(used).isNotNull();
			assertThat(idle).isNotNull();
			for (int i = 0; i < 5; i++) {
				pass(Duration.ofMinutes(11));
				assertThat(here.find(used.id().value())).isPresent();
				here.begin("somebody").block(LIMIT);
			}

			assertThat(sessions(store).find(used.id().value())).isPresent();
			assertThat(sessions(store).find(idle.id().value())).isEmpty();
			assertThat(here.find(idle.id().value())).isEmpty();
			assertThat(store.facts("session").toString()).doesNotContain(used.id().value());
		});
	}

	private void pass(Duration duration) {
		this.clock.advance(duration);
		this.wall.updateAndGet((now) -> now.plus(duration));
	}

	private Sessions sessions(MeshStore store) {
		return Sessions.shared(1_000, this.clock, store, this.wall::get);
	}

	private void withStore(Consumer<MeshStore> test) {
		new ApplicationContextRunner().withUserConfiguration(StoreConfiguration.class, LimitConfiguration.class)
			.withPropertyValues("mesh.registry.data-dir=" + this.directory.resolve("data"))
			.run((context) -> test.accept(context.getBean(MeshStore.class)));
	}

}
