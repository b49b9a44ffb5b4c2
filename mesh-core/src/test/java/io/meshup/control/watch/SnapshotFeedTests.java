package io.meshup.control.watch;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import io.meshup.control.lastgood.LastGood;
import io.meshup.model.Instance;
import io.meshup.model.ServiceSnapshot;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SnapshotFeed}.
 */
class SnapshotFeedTests extends SnapshotFeedFixture {

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

}
