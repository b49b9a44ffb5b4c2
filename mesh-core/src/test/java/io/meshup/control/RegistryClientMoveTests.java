package io.meshup.control;

import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RegistryClient}: a registry that stands still.
 */
class RegistryClientMoveTests {

	private final FakeRegistry first = new FakeRegistry();

	private final FakeRegistry second = new FakeRegistry();

	private final ClientFixture fixture = new ClientFixture(this.first.url(), this.second.url());

	@BeforeEach
	void join() {
		this.fixture.builder.silence(Duration.ofMinutes(2));
		this.fixture.client().start();
		this.fixture.client().register();
		this.first.lastWatch();
		ClientFixture.await().until(() -> !this.first.beats.isEmpty());
	}

	@AfterEach
	void close() {
		this.fixture.close();
		this.first.close();
		this.second.close();
	}

	@Test
	void goesOnAtTheNextRegistryWhenOneStandsStill() {
		this.first.isStill = true;

		ClientFixture.await().until(() -> !this.second.beats.isEmpty() && !this.second.watches.isEmpty());

		ClientFixture.await().until(() -> this.first.watches.stream().allMatch(FakeRegistry.Watch::isBroken));
		assertThat(this.second.beats.get(0).incarnation()).isEqualTo(this.first.beats.get(0).incarnation());
	}

	@Test
	void goesOnAtTheNextRegistryWhenOneTakesNoBeatsThoughItGivesSigns() {
		this.first.givesSigns = true;
		this.first.isStill = true;

		ClientFixture.await().until(() -> !this.second.beats.isEmpty() && !this.second.watches.isEmpty());

		assertThat(this.first.requests).contains("GET /api/v1/alive");
	}

	@Test
	void beginsAtTheNextRegistryWhereTheFirstStandsStillFromTheStart() {
		FakeRegistry still = new FakeRegistry();
		still.isStill = true;
		still.holdsWatches = true;
		try (still; ClientFixture late = new ClientFixture(still.url(), this.second.url())) {
			late.client().start();
			late.client().register();

			ClientFixture.await().until(() -> !this.second.beats.isEmpty() && !this.second.watches.isEmpty());

			assertThat(still.watches).isEmpty();
		}
	}

	@Test
	void staysWhereNoOtherRegistryAnswers() {
		this.second.healthStatus = 503;
		this.first.isStill = true;
		ClientFixture.await().until(() -> this.second.requests.contains("GET /actuator/health"));
		int beats = this.first.beats.size();
		this.first.isStill = false;

		ClientFixture.await().until(() -> this.first.beats.size() > beats);

		assertThat(this.second.watches).isEmpty();
		assertThat(this.second.beats).isEmpty();
	}

}
