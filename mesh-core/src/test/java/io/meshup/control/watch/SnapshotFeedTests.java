package io.meshup.control.watch;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import io.meshup.control.FakeRegistry;
import io.meshup.control.event.SseParser;
import io.meshup.control.lastgood.LastGood;
import io.meshup.control.link.ManualTime;
import io.meshup.model.Instance;
import io.meshup.model.MeshJson;
import io.meshup.model.ServiceName;
import io.meshup.model.ServiceSnapshot;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SnapshotFeed}.
 */
class SnapshotFeedTests {

	private final ManualTime time = new ManualTime();

	private final List<ServiceSnapshot> taken = new ArrayList<>();

	private final AtomicInteger changes = new AtomicInteger();

	private final AtomicInteger drains = new AtomicInteger();

	private String poison = "";

	private final SnapshotFeed feed = new SnapshotFeed(this.time.timing(),
			new WatchedServices(Set.of(ServiceName.MESH_WIDE)), this::take, this.changes::incrementAndGet,
			this.drains::incrementAndGet);

	@Test
	void appliedFollowsSnapshotsAndSyncs() {
		Lines.open(this.feed);

		assertThat(this.feed.applied()).isZero();
		service("reg-a", "catalog", 5, false, "i1");
		assertThat(this.feed.applied()).isEqualTo(5);
		sync(9, "");
		assertThat(this.feed.applied()).isEqualTo(9);
		assertThat(this.feed.state().registry()).isEqualTo("reg-a");
	}

	@Test
	void resumesBelowTheLastEventUntilASyncConfirmsIt() {
		assertThat(Lines.open(this.feed)).isEqualTo(-1);
		service("reg-a", "catalog", 5, false, "i1");
		assertThat(Lines.open(this.feed)).isEqualTo(4);

		sync(9, "");

		assertThat(Lines.open(this.feed)).isEqualTo(9);
		assertThat(this.feed.applied()).isEqualTo(9);
	}

	@Test
	void appliedStaysBelowASnapshotThatTheConsumerCouldNotUse() {
		Lines.open(this.feed);
		service("reg-a", "catalog", 5, false, "i1");
		this.poison = "orders";
		service("reg-a", "orders", 6, false, "o1");
		service("reg-a", "catalog", 7, false, "i1", "i2");
		service("reg-a", "orders", 8, false, "o2");
		sync(8, "");

		assertThat(this.feed.applied()).isEqualTo(5);
		assertThat(this.feed.state().error()).contains("'orders'").contains("revision 6").contains("poison");
		assertThat(services()).containsExactly("catalog", "catalog");

		this.poison = "";
		sync(10, "");
		assertThat(services()).containsExactly("catalog", "catalog", "orders");
		assertThat(this.feed.applied()).isEqualTo(10);
		assertThat(this.feed.state().error()).isNull();
	}

	@Test
	void asksAgainForWhatItCouldNotRead() {
		Lines.open(this.feed);
		service("reg-a", "catalog", 5, false, "i1");
		event("service", 6, "{\"registry\":\"reg-a\",\"service\":\"orders\",\"revision\":6,\"instances\":[{}]}");
		event("service", 7, "{garbage");
		sync(8, "");

		assertThat(this.feed.applied()).isEqualTo(5);
		assertThat(Lines.open(this.feed)).isEqualTo(5);

		service("reg-a", "orders", 6, false, "o1");
		sync(8, "");
		assertThat(this.feed.applied()).isEqualTo(8);
		assertThat(services()).containsExactly("catalog", "orders");
	}

	@Test
	void appliedStaysBelowTheVeryFirstEventWhenThatCouldNotBeRead() {
		Lines.open(this.feed);
		event("service", 3, "{garbage");
		service("reg-a", "catalog", 5, false, "i1");

		assertThat(this.feed.applied()).isEqualTo(2);
	}

	@Test
	void ignoresEventsThatMeanNothing() {
		Lines.open(this.feed);

		assertThat(event("weather", 3, "sunny")).isTrue();
		assertThat(event("sync", -1, "x")).isTrue();
		assertThat(event("service", 3, "null")).isTrue();
		assertThat(event("service", 3, "[1]")).isTrue();
		assertThat(event("service", 3, "{\"service\":{},\"revision\":[],\"registry\":7}")).isTrue();
		assertThat(event("sync", -1, "{\"revision\":{},\"registry\":[]}")).isTrue();
		assertThat(event("service", 3, "{\"service\":\"a\",\"revision\":3}")).isTrue();

		assertThat(this.taken).isEmpty();
	}

	@Test
	void ignoresASnapshotOlderThanTheOneInForce() {
		Lines.open(this.feed);
		service("reg-a", "catalog", 5, false, "i1");
		service("reg-a", "catalog", 4, false, "i0");

		assertThat(this.taken).hasSize(1);
		assertThat(this.feed.applied()).isEqualTo(5);
	}

	@Test
	void startsOverWhenAResumedLineIsThatOfAnotherRegistry() {
		Lines.open(this.feed);
		service("reg-a", "catalog", 50, false, "i1");
		assertThat(Lines.open(this.feed)).isEqualTo(49);

		assertThat(service("reg-b", "catalog", 60, false, "i9")).isFalse();
		assertThat(Lines.open(this.feed)).isEqualTo(-1);
		assertThat(service("reg-b", "catalog", 3, false, "i9")).isTrue();

		assertThat(this.feed.applied()).isEqualTo(3);
		assertThat(this.feed.state().registry()).isEqualTo("reg-b");
	}

	@Test
	void startsOverWhenASyncOfAResumedLineIsBelowWhatIsInForceOrNamesAnother() {
		Lines.open(this.feed);
		service("reg-a", "catalog", 50, false, "i1");
		Lines.open(this.feed);
		assertThat(sync(7, "")).isFalse();
		assertThat(Lines.open(this.feed)).isEqualTo(-1);
		assertThat(sync(7, "")).isTrue();

		service("reg-a", "catalog", 51, false, "i1");
		Lines.open(this.feed);
		assertThat(sync(90, ",\"registry\":\"reg-b\"")).isFalse();
		assertThat(Lines.open(this.feed)).isEqualTo(-1);
	}

	@Test
	void keepsInstancesThatAPartialSnapshotDoesNotName() {
		Lines.open(this.feed);
		service("reg-a", "catalog", 5, false, "i1", "i2");
		service("reg-a", "catalog", 100_000, true, "i3");

		assertThat(known("catalog").instances()).extracting(Instance::id).containsExactly("i1", "i2", "i3");

		service("reg-a", "catalog", 100_001, false, "i3");
		assertThat(known("catalog").instances()).extracting(Instance::id).containsExactly("i3");
	}

	@Test
	void retiresAServiceFromDiskThatTheRegistryDoesNotNameAfterAWhile() {
		this.feed.load(new LastGood("reg-a", List.of(snapshot("reg-a", "gone", 3), snapshot("reg-a", "catalog", 4)),
				Set.of(), Set.of(), Set.of(), Set.of(), List.of()));
		assertThat(this.feed.state().fromDisk()).isTrue();
		assertThat(this.feed.applied()).isZero();
		Lines.open(this.feed);
		service("reg-a", "catalog", 5, false, "i1");
		sync(6, "");
		assertThat(this.taken).hasSize(3);

		this.time.advance(SnapshotFeed.GRACE);
		sync(7, "");

		assertThat(this.feed.state().fromDisk()).isFalse();
		ServiceSnapshot last = this.taken.get(this.taken.size() - 1);
		assertThat(last.service()).isEqualTo("gone");
		assertThat(last.instances()).isEmpty();
		assertThat(this.feed.lastGood().snapshots()).extracting(ServiceSnapshot::service).containsExactly("catalog");
	}

	@Test
	void retiresNothingWhileTheRegistryIsStillGathering() {
		Lines.open(this.feed);
		service("reg-a", "catalog", 5, false, "i1");
		service("reg-a", "orders", 6, false, "o1");
		sync(6, "");
		service("reg-a", "catalog", 100_000, true, "i1");
		this.time.advance(SnapshotFeed.GRACE);
		sync(100_000, "");
		assertThat(this.taken).hasSize(3);

		service("reg-a", "catalog", 100_001, false, "i1");
		sync(100_001, ",\"partial\":false");

		assertThat(this.taken.get(this.taken.size() - 1).service()).isEqualTo("orders");
		assertThat(this.taken.get(this.taken.size() - 1).instances()).isEmpty();
	}

	@Test
	void forgetsThatAnotherRegistryWasStillGathering() {
		Lines.open(this.feed);
		service("reg-a", "orders", 6, true, "o1");
		Lines.open(this.feed);
		assertThat(service("reg-b", "catalog", 2, false, "i1")).isFalse();
		Lines.open(this.feed);
		service("reg-b", "catalog", 2, false, "i1");
		sync(2, ",\"partial\":false,\"registry\":\"reg-b\"");

		assertThat(statuses("orders")).containsExactly("o1 SUSPECT");
	}

	// T22
	@Test
	void keepsAsSuspectsWhatARegistryThatLostItsStoreDoesNotKnow() {
		Lines.open(this.feed);
		service("reg-a", "catalog", 50, false, "i1", "i2");
		service("reg-a", "orders", 51, false, "o1");
		anotherRegistry();
		service("reg-b", "catalog", 3, true, "i1");

		this.time.advance(SnapshotFeed.GRACE);
		service("reg-b", "catalog", 5, false, "i1");
		sync(5, ",\"partial\":false,\"registry\":\"reg-b\"");

		assertThat(statuses("catalog")).as("who came back, and nobody else").containsExactly("i1 UP");
		assertThat(statuses("orders")).as("never nobody").containsExactly("o1 SUSPECT");
		assertThat(this.feed.state().error()).contains("[orders]", "restore the backup");
		assertThat(this.feed.applied()).isEqualTo(5);
		service("reg-b", "orders", 6, false, "o7");
		assertThat(statuses("orders")).containsExactly("o7 UP");
		assertThat(this.feed.state().error()).isNull();
	}

	// T22
	@Test
	void keepsThemAlsoWhenTheNewRegistryHasRulesOnly() {
		Lines.open(this.feed);
		service("reg-a", "orders", 51, false, "o1");
		anotherRegistry();

		service("reg-b", "orders", 3, true);
		service("reg-b", "orders", 5, false);

		assertThat(statuses("orders")).containsExactly("o1 SUSPECT");
	}

	// T22
	@Test
	void letsGoOfThoseThatTheNewRegistrySaysHaveLeft() {
		Lines.open(this.feed);
		service("reg-a", "orders", 51, false, "o1");
		anotherRegistry();

		event("service", 3, FakeRegistry.snapshot("reg-b", "orders", 3, true).replaceFirst("\\[\\]", "[\"o1\"]"));
		service("reg-b", "orders", 5, false);

		assertThat(this.feed.lastGood().snapshots()).isEmpty();
		assertThat(this.feed.state().error()).isNull();
	}

	// T22
	@Test
	void keepsThemOverARestartButNotForEver() {
		Lines.open(this.feed);
		service("reg-a", "orders", 51, false, "o1");
		anotherRegistry();
		service("reg-b", "orders", 3, false);
		LastGood kept = this.feed.lastGood();

		SnapshotFeed next = new SnapshotFeed(this.time.timing(), new WatchedServices(Set.of(ServiceName.MESH_WIDE)),
				this::take, this.changes::incrementAndGet, this.drains::incrementAndGet);
		next.load(kept);
		Lines.open(next);
		next.take(event(3, FakeRegistry.snapshot("reg-b", "orders", 3, false)));
		assertThat(next.lastGood().snapshots()).hasSize(1);
		this.time.advance(Inherited.LIMIT);
		next.take(new SseParser.Event("sync", "4", "{\"revision\":4}".getBytes(StandardCharsets.UTF_8)));

		assertThat(kept.inherited()).containsExactly("orders");
		assertThat(next.lastGood().snapshots()).isEmpty();
	}

	@Test
	void tellsOfChangesOnlyWhenSomethingChanged() {
		Lines.open(this.feed);
		service("reg-a", "catalog", 5, false, "i1");
		service("reg-a", "catalog", 5, false, "i1");
		sync(6, "");

		assertThat(this.changes).hasValue(1);
	}

	@Test
	void tellsOfSnapshotsThatADrainingInstanceWaitsFor() {
		Lines.open(this.feed);
		service("reg-a", "catalog", 5, false, "i1", "i2");
		assertThat(this.drains).hasValue(0);

		draining("catalog", 6);
		assertThat(this.drains).hasValue(1);
		draining("catalog", 8);
		service("reg-a", "orders", 9, false, "o1");
		assertThat(this.drains).hasValue(2);

		this.time.advance(DrainNews.WAIT);
		draining("catalog", 10);
		assertThat(this.drains).hasValue(2);
	}

	@Test
	void keepsCountOfTheRevisionsHeardInAnswersToBeats() {
		this.feed.heard(44);

		assertThat(this.feed.state().revision()).isEqualTo(44);
		assertThat(this.feed.applied()).isZero();
	}

	@Test
	void waitsForTheWholeGraceEvenWhenTheClockIsNegative() {
		this.feed.load(new LastGood("reg-a", List.of(snapshot("reg-a", "gone", 3)), Set.of(), Set.of(), Set.of(),
				Set.of(), List.of()));
		Lines.open(this.feed);
		this.time.advance(SnapshotFeed.GRACE.minus(Duration.ofMillis(1)));
		sync(6, "");

		assertThat(this.taken).hasSize(1);
	}

	private void take(ServiceSnapshot snapshot) {
		if (snapshot.service().equals(this.poison)) {
			throw new IllegalStateException("poison");
		}
		this.taken.add(snapshot);
	}

	private List<String> services() {
		return this.taken.stream().map(ServiceSnapshot::service).toList();
	}

	private ServiceSnapshot known(String service) {
		return this.feed.lastGood()
			.snapshots()
			.stream()
			.filter((snapshot) -> snapshot.service().equals(service))
			.findFirst()
			.orElseThrow();
	}

	private void anotherRegistry() {
		Lines.open(this.feed);
		assertThat(service("reg-b", "catalog", 2, true)).isFalse();
		Lines.open(this.feed);
	}

	private List<String> statuses(String service) {
		return known(service).instances().stream().map((each) -> each.id() + " " + each.status()).toList();
	}

	private static SseParser.Event event(long id, String data) {
		return new SseParser.Event("service", Long.toString(id), data.getBytes(StandardCharsets.UTF_8));
	}

	private boolean service(String registry, String service, long revision, boolean partial, String... ids) {
		return event("service", revision, FakeRegistry.snapshot(registry, service, revision, partial, ids));
	}

	private void draining(String service, long revision) {
		String data = FakeRegistry.snapshot("reg-a", service, revision, false, "i1", "i2");
		event("service", revision, data.replaceFirst("UP", "DRAINING"));
	}

	private boolean sync(long revision, String more) {
		return event("sync", revision, "{\"revision\":" + revision + more + "}");
	}

	private boolean event(String type, long id, String data) {
		return this.feed
			.take(new SseParser.Event(type, (id < 0) ? "" : Long.toString(id), data.getBytes(StandardCharsets.UTF_8)));
	}

	private static ServiceSnapshot snapshot(String registry, String service, long revision) {
		return MeshJson.read(
				FakeRegistry.snapshot(registry, service, revision, false, "i1").getBytes(StandardCharsets.UTF_8),
				ServiceSnapshot.class);
	}

}
