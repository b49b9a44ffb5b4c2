package io.meshup.control.watch;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.meshup.control.FakeRegistry;
import io.meshup.control.event.SseParser;
import io.meshup.control.lastgood.LastGood;
import io.meshup.control.link.ManualTime;
import io.meshup.control.link.Resume;
import io.meshup.model.MeshJson;
import io.meshup.model.ServiceSnapshot;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for a {@link SnapshotFeed} that watches some services only.
 */
class WatchedFeedTests {

	private final ManualTime time = new ManualTime();

	private final WatchedServices watched = new WatchedServices(Set.of("orders"));

	private final List<ServiceSnapshot> taken = new ArrayList<>();

	private final SnapshotFeed feed = new SnapshotFeed(this.time.timing(), this.watched, this.taken::add, () -> {
	}, () -> {
	});

	@Test
	void goesOnWatchingWhatAFileWithoutWantedServicesHolds() {
		this.feed.load(new LastGood("reg-a", List.of(snapshot("catalog", 3), snapshot("*", 2)), Set.of(), Set.of(),
				Set.of(), Set.of(), List.of()));

		assertThat(this.feed.prepare().services()).containsExactly("catalog", "orders");
		assertThat(services()).containsExactly("catalog", "*");
		assertThat(this.watched.isAll()).isFalse();
	}

	@Test
	void doesNotHandOnWhatItHasNoRoomToWatch() {
		List<ServiceSnapshot> many = new ArrayList<>();
		for (int i = 0; i < 500; i++) {
			many.add(snapshot("a-service-with-a-long-name-" + i, 3));
		}
		this.feed.load(new LastGood("reg-a", many, Set.of(), Set.of(), Set.of(), Set.of(), List.of()));

		Resume resume = this.feed.prepare();
		assertThat(String.join(",", resume.services())).hasSizeBetween(2_900, 3_000);
		assertThat(new TreeSet<>(services())).hasSizeLessThan(500).isEqualTo(this.watched.wanted());
		this.feed.begin(resume);
		names();
		resume.services().forEach((service) -> service(service, 5));
		int before = this.taken.size();
		sync(9);
		assertThat(this.taken).hasSize(before);
		assertThat(this.feed.lastGood().snapshots()).hasSameSizeAs(resume.services());
	}

	@Test
	void retiresOnlyWhatTheLineWouldHaveBrought() {
		this.feed.load(new LastGood("reg-a", List.of(snapshot("catalog", 3), snapshot("gone", 3)), Set.of(), Set.of(),
				Set.of(), Set.of(), List.of()));
		this.feed.begin(this.feed.prepare());
		this.watched.forget("catalog");
		this.feed.forget("catalog");
		names();
		sync(9);

		assertThat(services()).containsExactly("catalog", "gone", "gone");
		assertThat(this.feed.lastGood().snapshots()).isEmpty();
	}

	@Test
	void asksForEverythingRatherThanForManyFreshServices() {
		this.feed.begin(this.feed.prepare());
		names();
		sync(9);
		for (int i = 0; i < 20; i++) {
			this.watched.want("a-service-with-a-long-name-" + i);
		}
		assertThat(this.feed.prepare().fresh()).hasSize(21);
		assertThat(this.feed.prepare().after()).isEqualTo(9);

		for (int i = 0; i < 80; i++) {
			this.watched.want("a-service-with-a-long-name-" + i);
		}

		assertThat(this.feed.prepare().fresh()).isEmpty();
		assertThat(this.feed.prepare().after()).isEqualTo(-1);
		assertThat(this.feed.prepare().services()).hasSize(81);
	}

	@Test
	void asksAnewForWhatWasForgottenAndWantedWhileALineWithoutItWasOpened() {
		this.watched.want("catalog");
		this.feed.begin(this.feed.prepare());
		names();
		service("catalog", 5);
		service("orders", 6);
		sync(6);
		this.watched.forget("catalog");
		this.feed.forget("catalog");
		Resume without = this.feed.prepare();
		this.watched.want("catalog");
		service("catalog", 7);

		this.feed.begin(without);

		assertThat(this.feed.prepare().fresh()).containsExactly("catalog");
	}

	@Test
	void letsTheRegistrysWordHoldOverWhatWasLentWhateverItsNumber() {
		this.watched.want("catalog");
		this.feed.begin(this.feed.prepare());
		names();
		this.feed.lend(snapshot("catalog", 100));
		assertThat(this.feed.applied()).isZero();

		service("catalog", 5);
		sync(6);

		assertThat(this.taken).extracting(ServiceSnapshot::revision).containsExactly(100L, 5L);
		assertThat(this.feed.applied()).isEqualTo(6);
	}

	@Test
	void takesBackWhatWasLentWhenTheRegistryKnowsNothingOfIt() {
		this.watched.want("catalog");
		this.feed.begin(this.feed.prepare());
		names();
		this.feed.lend(snapshot("catalog", 3));
		service("orders", 5);

		sync(6);

		assertThat(services()).containsExactly("catalog", "orders", "catalog");
		assertThat(this.taken.get(2).instances()).isEmpty();
		this.feed.lend(snapshot("catalog", 3));
		assertThat(this.taken).hasSize(3);
	}

	@Test
	void lendsNothingOfWhatIsNotWatchedOrHasCome() {
		this.feed.lend(snapshot("catalog", 3));
		this.feed.begin(this.feed.prepare());
		names();
		service("orders", 5);
		this.feed.lend(snapshot("orders", 3));

		assertThat(services()).containsExactly("orders");
		this.watched.want("catalog");
		this.feed.lend(snapshot("catalog", 3));
		assertThat(services()).containsExactly("orders", "catalog");
	}

	private List<String> services() {
		return this.taken.stream().map(ServiceSnapshot::service).toList();
	}

	private void names() {
		event("names", 0, "{\"registry\":\"reg-a\",\"names\":[\"catalog\"],\"sticky\":[]}");
	}

	private void service(String service, long revision) {
		event("service", revision, FakeRegistry.snapshot("reg-a", service, revision, false, "i1"));
	}

	private void sync(long revision) {
		event("sync", revision, "{\"revision\":" + revision + ",\"partial\":false}");
	}

	private void event(String type, long id, String data) {
		this.feed.take(new SseParser.Event(type, Long.toString(id), data.getBytes(StandardCharsets.UTF_8)));
	}

	private static ServiceSnapshot snapshot(String service, long revision) {
		return MeshJson.read(
				FakeRegistry.snapshot("reg-a", service, revision, false, "i1").getBytes(StandardCharsets.UTF_8),
				ServiceSnapshot.class);
	}

}
