package io.meshup.registry.lease.drain;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.meshup.model.InstanceStatus;
import io.meshup.model.beat.Beat;
import io.meshup.registry.ManualClock;
import io.meshup.registry.lease.instance.LeaseKey;
import io.meshup.registry.lease.instance.Line;
import io.meshup.registry.lease.shared.DrainMark;
import io.meshup.registry.lease.table.Alone;
import io.meshup.registry.lease.table.LeaseTable;
import io.meshup.registry.lease.table.NotedPublication;
import io.meshup.registry.store.ServiceChanged;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LeaseTable}: who is awaited when an instance drains by its own word.
 */
class DrainTests {

	private static final LeaseKey LEAVING = new LeaseKey("stock", "s1");

	private final ManualClock clock = new ManualClock();

	private final List<String> changes = new ArrayList<>();

	private final NotedPublication publication = new NotedPublication(this.changes);

	private final LeaseTable table = new LeaseTable(this.clock, InstantSource.fixed(Instant.EPOCH), this.publication,
			new Alone());

	private final Confirmations callers = new Confirmations(this.table, () -> 60);

	@BeforeEach
	void fill() {
		this.publication.last = 40;
		beat("stock", "s1", InstanceStatus.UP, 40);
		caller("shop", "c1", "stock");
		caller("shop", "c2", "*");
		caller("office", "c3", "catalog");
	}

	@Test
	void awaitsTheCallersWithALineUntilTheyHaveAppliedTheRevision() {
		beat("stock", "s1", InstanceStatus.DRAINING, 40);
		assertThat(awaited().silent()).as("not published yet").containsExactly("shop/c1", "shop/c2");
		this.publication.publish(this.table, "stock", 41);
		assertThat(mark().revision()).isEqualTo(41);

		beat("shop", "c1", InstanceStatus.UP, 41);
		assertThat(awaited().silent()).containsExactly("shop/c2");
		assertThat(awaited().confirmed()).isEqualTo(1);
		beat("shop", "c2", InstanceStatus.UP, 57);

		assertThat(awaited().isDone()).isTrue();
		assertThat(awaited().total()).isEqualTo(2);
	}

	@Test
	void takesNoNumberForAConfirmationThatWasNotPublishedHereYet() {
		drain();
		beat("shop", "c2", InstanceStatus.UP, 41);

		beat("shop", "c1", InstanceStatus.UP, 61);
		assertThat(awaited().silent()).as("60 was published last").containsExactly("shop/c1");
		beat("shop", "c1", InstanceStatus.UP, 60);

		assertThat(awaited().isDone()).isTrue();
	}

	@Test
	void takesOnlyARevisionThatShowsWhatTheInstanceSaid() {
		beat("stock", "s1", InstanceStatus.DRAINING, 40);

		this.table.published(this.table.publish(new ServiceChanged("stock", 43)));
		assertThat(mark().revision()).isEqualTo(DrainMark.UNPUBLISHED);
		this.publication.publish(this.table, "office", 44);
		assertThat(mark().revision()).isEqualTo(DrainMark.UNPUBLISHED);
		this.publication.publish(this.table, "stock", 45);
		this.publication.publish(this.table, "stock", 46);

		assertThat(mark().revision()).isEqualTo(45);
	}

	@Test
	void awaitsTheOtherInstancesOfTheSameServiceButNotItself() {
		this.table.open(line(LEAVING, "stock"));
		caller("stock", "s2", "nothing-else");
		drain();

		assertThat(awaited().silent()).containsExactly("shop/c1", "shop/c2", "stock/s2");
	}

	@Test
	void dropsACallerThatTurnsSuspectOrLeaves() {
		Line line = line(new LeaseKey("shop", "c9"), "stock");
		this.table.open(line);
		beat("shop", "c9", InstanceStatus.UP, 40);
		drain();
		assertThat(awaited().silent()).hasSize(3);

		this.table.close(line);
		assertThat(awaited().silent()).doesNotContain("shop/c9");
		this.table.leave(new LeaseKey("shop", "c1"), "");

		assertThat(awaited().silent()).containsExactly("shop/c2");
	}

	@Test
	void awaitsNobodyThatServesNobodyAndNoReader() {
		this.table.open(line(new LeaseKey("shop", "reader"), "stock"));
		this.table.open(line(new LeaseKey("shop", "c4"), "stock"));
		beat("shop", "c4", InstanceStatus.STARTING, 0);
		beat("shop", "c1", InstanceStatus.DOWN, 0);
		drain();

		assertThat(awaited().silent()).containsExactly("shop/c2");
	}

	@Test
	void awaitsACallerThatLeavesTooUntilItIsGone() {
		beat("shop", "c1", InstanceStatus.DRAINING, 40);
		beat("shop", "c2", InstanceStatus.UP, 41);
		drain();
		assertThat(awaited().silent()).containsExactly("shop/c1");

		this.table.leave(new LeaseKey("shop", "c1"), "");

		assertThat(awaited().isDone()).isTrue();
	}

	@Test
	void awaitsACallerUntilAllThatItHasSentIsAnswered() {
		drain();
		beat("shop", "c1", InstanceStatus.UP, 41, "stock/s1", "stock/s7");
		beat("shop", "c2", InstanceStatus.UP, 41, "stock/s7", "office/s1");
		assertThat(awaited().silent()).isEmpty();
		assertThat(awaited().busy()).containsExactly("shop/c1");
		assertThat(awaited().isDone()).isFalse();
		assertThat(awaited().confirmed()).isEqualTo(1);

		beat("shop", "c1", InstanceStatus.UP, 41);

		assertThat(awaited().isDone()).isTrue();
	}

	@Test
	void beginsAgainWhenItWasSuspectInTheMeantime() {
		Line line = line(LEAVING, "stock");
		this.table.open(line);
		drain();
		this.table.close(line);
		assertThat(this.table.drain(LEAVING)).isNull();
		this.publication.publish(this.table, "stock", 42);

		beat("stock", "s1", InstanceStatus.DRAINING, 40);
		this.table.published(this.table.publish(new ServiceChanged("stock", 43)));
		assertThat(mark().revision()).isEqualTo(DrainMark.UNPUBLISHED);
		this.publication.publish(this.table, "stock", 44);

		assertThat(mark().revision()).isEqualTo(44);
	}

	@Test
	void tellsNothingOfADrainOfOneThatIsUp() {
		assertThat(this.table.drain(LEAVING)).isNull();
		drain();
		beat("stock", "s1", InstanceStatus.UP, 40);

		assertThat(this.table.drain(LEAVING)).isNull();
	}

	private void drain() {
		beat("stock", "s1", InstanceStatus.DRAINING, 40);
		this.publication.publish(this.table, "stock", 41);
	}

	private Awaited awaited() {
		return this.callers.awaited(LEAVING, mark().revision());
	}

	private DrainMark mark() {
		DrainMark mark = this.table.drain(LEAVING);
		assertThat(mark).isNotNull();
		return mark;
	}

	private void caller(String service, String id, String watched) {
		this.table.open(line(new LeaseKey(service, id), watched));
		beat(service, id, InstanceStatus.UP, 40);
	}

	private void beat(String service, String id, InstanceStatus status, long applied, String... busy) {
		this.table.beat(new LeaseKey(service, id), new Beat("p1", "127.0.0.1", 8080, "http", "v1", "default", null, 100,
				status, Map.of(), applied, List.of(busy), List.of(), List.of(), List.of()));
	}

	private static Line line(LeaseKey key, String watched) {
		return new Line(key, "p1", Set.of(watched));
	}

}
