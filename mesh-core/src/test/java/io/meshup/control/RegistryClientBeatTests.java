package io.meshup.control;

import java.time.Duration;
import java.util.List;

import io.meshup.control.link.RegistryProblem;
import io.meshup.control.link.RegistryProblem.Kind;
import io.meshup.model.InstanceStatus;
import io.meshup.model.beat.Beat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RegistryClient}: beats, and how an instance leaves.
 */
class RegistryClientBeatTests {

	private FakeRegistry registry;

	private ClientFixture fixture;

	@BeforeEach
	void setUp() {
		this.registry = new FakeRegistry();
		this.fixture = new ClientFixture(this.registry.url());
	}

	@AfterEach
	void tearDown() {
		this.fixture.close();
		this.registry.close();
	}

	@Test
	void registersWithAllThatTheContractNames() {
		this.fixture.client().register();

		ClientFixture.await().until(() -> this.fixture.state().joined());
		Beat beat = this.registry.beats.get(0);
		assertThat(this.registry.requests.get(0)).isEqualTo("PUT /api/v1/services/orders/instances/h-1");
		assertThat(this.registry.authorizations.get(0)).isEqualTo("Bearer join-me");
		assertThat(beat.incarnation()).isNotBlank();
		assertThat(beat.status()).isEqualTo(InstanceStatus.STARTING);
		assertThat(beat.metadata()).containsEntry("team", "shop");
		assertThat(beat.rejected()).hasSize(1);
		assertThat(beat.edges()).containsExactly(ClientFixture.EDGE);
		assertThat(this.fixture.state().revision()).isEqualTo(42);
		ClientFixture.await().until(() -> this.fixture.events.contains("joined"));
	}

	@Test
	void doesNotRegisterBeforeItIsAskedTo() {
		this.fixture.client().start();
		this.fixture.client().beatNow();

		ClientFixture.await().until(() -> this.fixture.state().connected());
		assertThat(this.registry.beats).isEmpty();
		assertThat(this.registry.lastWatch().query).isEqualTo("services=*&deltas=true");
	}

	@Test
	void beatsInTheIntervalThatTheRegistryGrants() {
		this.registry.grant = "{\"lease\":\"3.5s\",\"beat\":\"50ms\",\"revision\":42}";
		this.fixture.client().register();
		ClientFixture.await().until(() -> this.registry.beats.size() >= 6);

		this.registry.grant = "{\"lease\":\"99s\",\"beat\":\"30s\",\"revision\":43}";
		ClientFixture.await().until(() -> this.fixture.state().revision() == 43);
		int before = this.registry.beats.size();

		ClientFixture.await().during(Duration.ofMillis(250)).until(() -> this.registry.beats.size() <= before + 1);
	}

	@Test
	void beatsAtOnceWhenTheStatusChangesAndGathersManyCalls() {
		this.fixture.client().register();
		ClientFixture.await().until(() -> this.fixture.state().joined());
		int before = this.registry.beats.size();

		this.fixture.status = InstanceStatus.UP;
		for (int i = 0; i < 200; i++) {
			this.fixture.client().beatNow();
		}

		ClientFixture.await()
			.until(() -> this.registry.beats.get(this.registry.beats.size() - 1).status() == InstanceStatus.UP);
		assertThat(this.registry.beats.size() - before).isLessThan(50);
	}

	@Test
	void acknowledgesEdgesOnlyWhenTheBeatWasTaken() {
		this.registry.beatStatus = 503;
		this.registry.grant = "{\"beat\":\"50ms\"}";
		this.fixture.client().register();
		ClientFixture.await().until(() -> this.registry.beats.size() >= 1 && !this.fixture.problems.isEmpty());
		assertThat(this.fixture.acknowledged).isEmpty();
		assertThat(this.fixture.problems.get(0).kind()).isEqualTo(Kind.FAILED);

		this.registry.beatStatus = 200;

		ClientFixture.await().until(() -> this.fixture.acknowledged.contains(ClientFixture.EDGE));
		ClientFixture.await().until(() -> this.fixture.events.contains("recovered"));
	}

	@Test
	void goesOnWhenTheTokenIsWrongAndSaysWhatToDo() {
		this.registry.beatStatus = 401;
		this.fixture.client().register();

		ClientFixture.await().until(() -> this.fixture.state().lastError() != null);
		assertThat(this.fixture.state().lastError()).contains("join token").contains("That was wrong.");
		assertThat(this.fixture.state().joined()).isFalse();

		this.registry.beatStatus = 200;
		ClientFixture.await().until(() -> this.fixture.state().joined());
		assertThat(this.fixture.state().lastError()).isNull();
	}

	@Test
	void keepsTryingWhenAnotherProcessOwnsTheIdAndWatchesAsAReader() {
		this.registry.beatStatus = 409;
		this.fixture.client().start();
		this.fixture.client().register();
		ClientFixture.await().until(() -> this.registry.beats.size() >= 2);

		assertThat(this.fixture.problems).extracting(RegistryProblem::kind).containsOnly(Kind.CONFLICT);
		assertThat(this.fixture.state().connected()).isTrue();
		assertThat(this.registry.lastWatch().query).doesNotContain("instance");

		this.registry.beatStatus = 200;
		ClientFixture.await().until(() -> this.fixture.state().joined());
		ClientFixture.await().until(() -> this.registry.lastWatch().query.contains("instance=orders/h-1"));
	}

	@Test
	void goesOnWhenTheSupplierOfBeatsFails() {
		int[] calls = { 0 };
		this.fixture.builder.beat(() -> {
			calls[0]++;
			throw new IllegalStateException("no port yet");
		});
		this.fixture.client().register();

		ClientFixture.await().until(() -> calls[0] >= 2);
		assertThat(this.fixture.problems.get(0).kind()).isEqualTo(Kind.INTERNAL);
		assertThat(this.fixture.problems.get(0).message()).contains("no port yet");
	}

	@Test
	void leavesAndBeatsNoMore() {
		this.registry.grant = "{\"beat\":\"50ms\"}";
		this.fixture.client().register();
		ClientFixture.await().until(() -> this.fixture.state().joined());

		this.fixture.client().leave(Duration.ofSeconds(2));

		List<String> sent = List.copyOf(this.registry.requests);
		assertThat(sent.get(sent.size() - 1)).startsWith("DELETE /api/v1/services/orders/instances/h-1?incarnation=");
		assertThat(this.fixture.state().joined()).isFalse();
		ClientFixture.await().during(Duration.ofMillis(150)).until(() -> this.registry.requests.size() == sent.size());

		this.fixture.client().register();
		ClientFixture.await().until(() -> this.fixture.state().joined());
	}

	@Test
	void leavesInTimeWhenTheRegistryIsNotThere() {
		this.fixture.client().register();
		ClientFixture.await().until(() -> this.fixture.state().joined());
		this.registry.close();
		long began = SystemClock.nanoTime();

		this.fixture.client().leave(Duration.ofMillis(500));

		assertThat(Duration.ofNanos(SystemClock.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
	}

}
