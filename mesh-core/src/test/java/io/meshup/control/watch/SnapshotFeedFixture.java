package io.meshup.control.watch;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import io.meshup.control.FakeRegistry;
import io.meshup.control.event.SseParser;
import io.meshup.control.link.ManualTime;
import io.meshup.model.MeshJson;
import io.meshup.model.ServiceName;
import io.meshup.model.ServiceSnapshot;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A feed, what it gives on, and a registry's words for it.
 */
abstract class SnapshotFeedFixture {

	final ManualTime time = new ManualTime();

	final List<ServiceSnapshot> taken = new ArrayList<>();

	final AtomicInteger changes = new AtomicInteger();

	final AtomicInteger drains = new AtomicInteger();

	String poison = "";

	final SnapshotFeed feed = new SnapshotFeed(this.time.timing(), new WatchedServices(Set.of(ServiceName.MESH_WIDE)),
			this::take, this.changes::incrementAndGet, this.drains::incrementAndGet);

	void take(ServiceSnapshot snapshot) {
		if (snapshot.service().equals(this.poison)) {
			throw new IllegalStateException("poison");
		}
		this.taken.add(snapshot);
	}

	List<String> services() {
		return this.taken.stream().map(ServiceSnapshot::service).toList();
	}

	ServiceSnapshot known(String service) {
		return this.feed.lastGood()
			.snapshots()
			.stream()
			.filter((snapshot) -> snapshot.service().equals(service))
			.findFirst()
			.orElseThrow();
	}

	void anotherRegistry() {
		Lines.open(this.feed);
		assertThat(service("reg-b", "catalog", 2, true)).isFalse();
		Lines.open(this.feed);
	}

	List<String> statuses(String service) {
		return known(service).instances().stream().map((each) -> each.id() + " " + each.status()).toList();
	}

	static SseParser.Event event(long id, String data) {
		return new SseParser.Event("service", Long.toString(id), data.getBytes(StandardCharsets.UTF_8));
	}

	boolean service(String registry, String service, long revision, boolean partial, String... ids) {
		return event("service", revision, FakeRegistry.snapshot(registry, service, revision, partial, ids));
	}

	void draining(String service, long revision) {
		String data = FakeRegistry.snapshot("reg-a", service, revision, false, "i1", "i2");
		event("service", revision, data.replaceFirst("UP", "DRAINING"));
	}

	boolean sync(long revision, String more) {
		return event("sync", revision, "{\"revision\":" + revision + more + "}");
	}

	boolean event(String type, long id, String data) {
		return this.feed
			.take(new SseParser.Event(type, (id < 0) ? "" : Long.toString(id), data.getBytes(StandardCharsets.UTF_8)));
	}

	static ServiceSnapshot snapshot(String registry, String service, long revision) {
		return MeshJson.read(
				FakeRegistry.snapshot(registry, service, revision, false, "i1").getBytes(StandardCharsets.UTF_8),
				ServiceSnapshot.class);
	}

}
