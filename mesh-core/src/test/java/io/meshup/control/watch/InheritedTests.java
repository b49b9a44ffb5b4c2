package io.meshup.control.watch;

import java.nio.charset.StandardCharsets;
import java.util.Set;

import io.meshup.control.FakeRegistry;
import io.meshup.control.event.SseParser;
import io.meshup.control.lastgood.LastGood;
import io.meshup.model.ServiceName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Inherited}, as the feed uses it.
 */
class InheritedTests extends SnapshotFeedFixture {

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

}
