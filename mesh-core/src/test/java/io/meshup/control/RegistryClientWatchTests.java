package io.meshup.control;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

import io.meshup.control.lastgood.LastGood;
import io.meshup.control.lastgood.LastGoodKeeper;
import io.meshup.control.link.ManualTime;
import io.meshup.control.link.RegistryProblem;
import io.meshup.control.link.RegistryProblem.Kind;
import io.meshup.control.link.RegistryState;
import io.meshup.model.ServiceSnapshot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link RegistryClient}: the watch, and what is kept on disk.
 */
class RegistryClientWatchTests {

	private static final LastGood NOTHING = new LastGood("", List.of(), Set.of(), Set.of(), Set.of(), Set.of(),
			List.of());

	private static final URI NOBODY = URI.create("http://127.0.0.1:1");

	private FakeRegistry registry;

	private ClientFixture fixture;

	@TempDir
	private Path home;

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
	void handsOnSnapshotsAndTellsInBeatsWhatIsApplied() {
		FakeRegistry.Watch watch = connect();

		watch.service("catalog", 7);
		awaitApplied(7);
		this.fixture.client().register();
		ClientFixture.await().until(() -> this.registry.beats.stream().anyMatch((beat) -> beat.applied() == 7));
		FakeRegistry.Watch line = awaitLine("instance=orders/h-1");
		line.sync(9);
		awaitApplied(9);

		assertThat(services()).containsExactly("catalog");
		assertThat(line.query).contains("incarnation=" + this.registry.beats.get(0).incarnation());
		assertThat(line.lastEventId).isEqualTo("6");
		assertThat(this.fixture.state().registry()).isEqualTo("reg-a");
		assertThat(this.fixture.problems).isEmpty();
	}

	@Test
	void resumesAtOnceWhenTheLineBreaks() {
		connect().sync(41);
		awaitApplied(41);

		this.registry.lastWatch().end();

		ClientFixture.await().until(() -> this.registry.watches.size() == 2);
		assertThat(this.registry.lastWatch().lastEventId).isEqualTo("41");
		ClientFixture.await()
			.until(() -> this.fixture.events.equals(List.of("connected", "disconnected", "connected")));
		assertThat(this.fixture.problems).isEmpty();
	}

	@Test
	void findsTheRegistryAgainAfterItWasKilled() {
		connect().service("catalog", 7);
		awaitApplied(7);
		int port = this.registry.port();
		this.registry.close();
		ClientFixture.await().until(() -> !this.fixture.problems.isEmpty());
		RegistryState down = this.fixture.state();
		assertThat(down.connected()).isFalse();
		assertThat(down.lastError()).contains("cannot be reached");
		assertThat(down.staleFor()).isPositive();

		this.registry = new FakeRegistry(port);

		ClientFixture.await().until(() -> this.fixture.state().connected());
		assertThat(this.fixture.state().staleFor()).isZero();
		assertThat(this.fixture.state().lastError()).isNull();
		ClientFixture.await().until(() -> !this.registry.watches.isEmpty());
		assertThat(this.registry.lastWatch().lastEventId).isEqualTo("6");
		ClientFixture.await().until(() -> this.fixture.events.contains("recovered"));
	}

	@Test
	void cutsALineThatIsSilentForTooLong() {
		this.fixture.builder.silence(Duration.ofMillis(300));
		FakeRegistry.Watch first = connect();

		ClientFixture.await().until(() -> this.registry.watches.size() >= 2);

		ClientFixture.await().until(first::isBroken);
	}

	@Test
	void moreThanSilenceIsNeededToCutALineThatKeepsTalking() {
		this.fixture.builder.silence(Duration.ofSeconds(1));
		FakeRegistry.Watch first = connect();

		ClientFixture.await().during(Duration.ofMillis(1500)).until(() -> {
			first.send(":\n");
			return this.registry.watches.size() == 1;
		});
	}

	@Test
	void movesOnToTheNextRegistry() {
		this.fixture = new ClientFixture(NOBODY, this.registry.url());
		this.fixture.client().start();
		this.fixture.client().register();

		ClientFixture.await().until(() -> this.fixture.state().joined());
		ClientFixture.await().until(() -> this.fixture.state().connected());
		assertThat(this.fixture.state().url()).isEqualTo(this.registry.url());
	}

	@Test
	void goesOnAfterGarbageEvents() {
		FakeRegistry.Watch watch = connect();
		watch.send("event: service\nid: 3\ndata: {{{\n\nid: x\ndata\n\nevent: weather\ndata: 1\n\n\u0000\u0001:\n\n");
		this.fixture.poison = "payments";
		watch.service("payments", 4);
		watch.service("catalog", 5);

		ClientFixture.await().until(() -> services().equals(List.of("catalog")));
		assertThat(this.fixture.client().state().applied()).isEqualTo(2);
		assertThat(this.fixture.state().connected()).isTrue();
		assertThat(this.fixture.state().lastError()).contains("could not be used");
		assertThat(this.registry.watches).hasSize(1);
	}

	@Test
	void goesOnWhenTheWatchIsRefusedOrIsNoStream() {
		this.registry.watchStatus = 401;
		this.fixture.client().start();
		ClientFixture.await().until(() -> kinds().contains(Kind.UNAUTHORIZED));

		this.registry.contentType = "text/html";
		this.registry.watchStatus = 200;
		ClientFixture.await().until(() -> !this.registry.watches.isEmpty());
		this.registry.lastWatch().end();
		ClientFixture.await().until(() -> kinds().contains(Kind.UNREADABLE));

		this.registry.contentType = "text/event-stream;charset=UTF-8";
		ClientFixture.await().until(() -> this.fixture.state().connected());
	}

	@Test
	void becomesAReaderWhenItsLineIsThatOfAnother() {
		this.fixture.client().start();
		this.fixture.client().register();
		awaitLine("instance=orders/h-1");
		this.registry.beatStatus = 409;
		this.registry.watchStatus = 409;
		this.registry.lastWatch().end();
		// Once as a reader at the start; again when the line was refused, whatever became
		// of beats meanwhile.
		ClientFixture.await()
			.until(() -> this.registry.requests.stream()
				.filter((request) -> request.endsWith("/api/v1/watch?services=*&deltas=true"))
				.count() >= 2);
		assertThat(kinds()).contains(Kind.CONFLICT);

		this.registry.watchStatus = 200;

		ClientFixture.await().until(() -> this.registry.lastWatch().query.equals("services=*&deltas=true"));
	}

	@Test
	void asksForItsOwnServiceAsWell() {
		this.fixture.builder.services(List.of("catalog", "payments"));

		assertThat(connect().query).isEqualTo("services=catalog,orders,payments&deltas=true&names=true&like=orders");
	}

	// T20
	@Test
	void usesALastGoodStateThatIsTooOldAndSaysSo() throws IOException {
		Path file = this.home.resolve("cache/orders");
		this.fixture.builder.lastGood(file);
		connect().service("catalog", 7);
		awaitApplied(7);
		assertThat(this.fixture.state().outdated()).isFalse();
		this.fixture.client().close();
		Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofHours(26))));

		this.registry.watchStatus = 503;
		this.fixture = new ClientFixture(this.registry.url());
		this.fixture.builder.lastGood(file);
		this.fixture.client().start();
		assertThat(services()).containsExactly("catalog");
		assertThat(this.fixture.state().outdated()).isTrue();
		assertThat(this.fixture.state().staleFor()).isBetween(Duration.ofHours(25), Duration.ofHours(27));

		this.registry.watchStatus = 200;
		ClientFixture.await().until(() -> this.fixture.state().connected());
		assertThat(this.fixture.state().outdated()).isFalse();
		this.fixture.client().close();
		assertThat(Files.getLastModifiedTime(file).toInstant()).as("confirmed")
			.isAfter(Instant.now().minus(Duration.ofHours(1)));
	}

	@Test
	void startsFromTheLastGoodStateWhenTheRegistryIsNotThere() throws IOException {
		Path file = this.home.resolve("cache/orders");
		this.fixture.builder.lastGood(file);
		connect().service("catalog", 7);
		awaitApplied(7);
		this.fixture.client().close();
		assertThat(file).exists();

		this.registry.close();
		this.fixture = new ClientFixture(this.registry.url());
		this.fixture.builder.lastGood(file);
		this.fixture.client().start();
		assertThat(services()).containsExactly("catalog");
		assertThat(this.fixture.state().fromDisk()).isTrue();
		assertThat(this.fixture.state().registry()).isEqualTo("reg-a");
		this.fixture.client().close();

		Files.writeString(file, "x");
		this.fixture = new ClientFixture(this.registry.url());
		this.fixture.builder.lastGood(file);
		this.fixture.client().start();
		assertThat(services()).isEmpty();
		assertThat(this.fixture.state().fromDisk()).isFalse();
	}

	@Test
	void writesTheLastGoodStateWhileItRuns() {
		Path file = this.home.resolve("cache/orders");
		this.fixture.builder.lastGood(file);
		FakeRegistry.Watch watch = connect();
		watch.service("catalog", 7);

		ClientFixture.await().until(() -> Files.exists(file));

		assertThat(new LastGoodKeeper(new ManualTime().timing(), Runnable::run, file, () -> NOTHING).load()).get()
			.extracting(LastGood::registry)
			.isEqualTo("reg-a");
	}

	@Test
	void goesOnWhenTheDiskCannotBeWritten() throws IOException {
		Path file = Files.writeString(this.home.resolve("no-directory"), "x").resolve("orders");
		this.fixture.builder.lastGood(file);
		connect().service("catalog", 7);

		awaitApplied(7);
		this.fixture.client().close();

		assertThat(services()).containsExactly("catalog");
	}

	@Test
	void endsItsConnectionsWhenClosed() {
		FakeRegistry.Watch watch = connect();

		this.fixture.client().close();
		this.fixture.client().close();

		ClientFixture.await().until(watch::isBroken);
		this.fixture.client().start();
		this.fixture.client().register();
		this.fixture.client().beatNow();
		assertThat(this.registry.watches).hasSize(1);
	}

	@Test
	void neverThrowsForARegistryThatIsMissing() {
		this.fixture = new ClientFixture(NOBODY, URI.create("http://127.0.0.1:2"));

		this.fixture.client().start();
		this.fixture.client().register();

		ClientFixture.await().until(() -> kinds().contains(Kind.UNREACHABLE));
		assertThat(this.fixture.state().connected()).isFalse();
	}

	@Test
	void refusesASettingThatCannotWork() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> RegistryClient.builder(List.of(URI.create("localhost:8761"))).service("orders").build());
		assertThatIllegalArgumentException()
			.isThrownBy(() -> RegistryClient.builder(List.of(NOBODY)).service("Not_A_Label"));
	}

	private FakeRegistry.Watch connect() {
		this.fixture.client().start();
		ClientFixture.await().until(() -> this.fixture.state().connected() && !this.registry.watches.isEmpty());
		return this.registry.lastWatch();
	}

	private FakeRegistry.Watch awaitLine(String query) {
		ClientFixture.await()
			.until(() -> !this.registry.watches.isEmpty() && this.registry.lastWatch().query.contains(query));
		return this.registry.lastWatch();
	}

	private void awaitApplied(long revision) {
		ClientFixture.await().until(() -> this.fixture.state().applied() == revision);
	}

	private List<String> services() {
		return this.fixture.snapshots.stream().map(ServiceSnapshot::service).toList();
	}

	private List<Kind> kinds() {
		return this.fixture.problems.stream().map(RegistryProblem::kind).toList();
	}

}
