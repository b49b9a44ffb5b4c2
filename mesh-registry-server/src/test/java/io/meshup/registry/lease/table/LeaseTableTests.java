package io.meshup.registry.lease.table;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.meshup.model.InstanceStatus;
import io.meshup.model.beat.Beat;
import io.meshup.registry.ManualClock;
import io.meshup.registry.lease.drain.Confirmations;
import io.meshup.registry.lease.instance.LeaseKey;
import io.meshup.registry.lease.instance.Line;
import io.meshup.registry.lease.instance.Watcher;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link LeaseTable}.
 */
class LeaseTableTests {

	private final ManualClock clock = new ManualClock();

	private final List<String> changes = new ArrayList<>();

	private final LeaseTable table = new LeaseTable(this.clock, InstantSource.fixed(Instant.EPOCH),
			new NotedPublication(this.changes), new Alone());

	@Test
	void tellsOnceWhenAnInstanceJoinsAndNotWhenItOnlyRenews() {
		beat("i1");
		run(1, "i1");
		beat("i1");

		assertThat(this.changes).containsExactly("a");
		assertThat(status("i1")).isEqualTo(InstanceStatus.UP);
	}

	@Test
	void givesThoseWhoCameFirstAsMuchTimeAsTheThousandsAfterThem() {
		beat("i1");
		for (int i = 0; i < 5_000; i++) {
			this.table.beat(new LeaseKey("crowd", "c" + i), beat("p" + i, InstanceStatus.UP));
		}

		run(4);
		InstanceStatus before = status("i1");
		run(7);

		assertThat(before).isEqualTo(InstanceStatus.UP);
		assertThat(status("i1")).isEqualTo(InstanceStatus.SUSPECT);
	}

	@Test
	void suspectsAtOnceWhenTheLastLineBreaks() {
		Line first = line("i1", "p1");
		Line second = line("i1", "p1");
		this.table.open(first);
		beat("i1");
		this.table.open(second);

		this.table.close(first);
		InstanceStatus withOneLine = status("i1");
		this.table.close(second);

		assertThat(withOneLine).isEqualTo(InstanceStatus.UP);
		assertThat(status("i1")).isEqualTo(InstanceStatus.SUSPECT);
	}

	@Test
	void countsALineThatWasOpenedBeforeTheInstanceRegistered() {
		Line early = line("i1", "p1");
		this.table.open(early);
		beat("i1");

		assertThat(new Confirmations(this.table, () -> 0).watchers("b")).extracting(Watcher::id).containsExactly("i1");
		this.table.close(early);

		assertThat(status("i1")).isEqualTo(InstanceStatus.SUSPECT);
	}

	@Test
	void tellsOfOneThatLeavesBeforeThisRegistryHeardOfIt() {
		this.table.leave(new LeaseKey("a", "old"), "");

		assertThat(this.table.gone("a")).containsExactly("old");
		assertThat(this.table.services()).isEmpty();
		assertThat(this.changes).containsExactly("a");
		this.clock.advance(Duration.ofSeconds(31));
		this.table.tick();
		this.table.leave(new LeaseKey("a", "older"), "");

		assertThat(this.table.gone("a")).isEmpty();
		assertThat(this.changes).containsExactly("a");
	}

	@Test
	void isUpAgainWithItsOwnWordAfterABeatOrANewLine() {
		Line line = line("i1", "p1");
		this.table.open(line);
		beat("i1", "p1", InstanceStatus.DRAINING);
		this.table.close(line);

		this.table.open(line("i1", "p1"));

		assertThat(status("i1")).isEqualTo(InstanceStatus.DRAINING);
	}

	@Test
	void goesOneAndAHalfSecondsAfterTheLineBrokeWithoutASign() {
		Line line = line("i1", "p1");
		this.table.open(line);
		beat("i1", "i2", "i3");
		this.table.close(line);

		run(1.4, "i2", "i3");
		List<String> before = ids();
		run(0.2, "i2", "i3");

		assertThat(before).contains("i1");
		assertThat(ids()).containsExactly("i2", "i3");
	}

	@Test
	void suspectsASilentInstanceAfterTwoIntervalsAndDropsItAfterThreeAndAHalf() {
		beat("i1", "i2", "i3");
		this.table.open(line("i1", "p1"));

		run(1.9, "i2", "i3");
		InstanceStatus early = status("i1");
		run(0.2, "i2", "i3");
		InstanceStatus silent = status("i1");
		run(1.3, "i2", "i3");
		List<String> late = ids();
		run(0.2, "i2", "i3");

		assertThat(early).isEqualTo(InstanceStatus.UP);
		assertThat(silent).isEqualTo(InstanceStatus.SUSPECT);
		assertThat(late).contains("i1");
		assertThat(ids()).containsExactly("i2", "i3");
	}

	@Test
	void refusesAnotherProcessWhileTheOwnerIsAlive() {
		beat("i1");

		assertThatExceptionOfType(LeaseConflict.class).isThrownBy(() -> beat("i1", "p2", InstanceStatus.UP))
			.withMessageContaining("'a/i1' belongs to another process");
		assertThatExceptionOfType(LeaseConflict.class).isThrownBy(() -> this.table.open(line("i1", "p2")));
		assertThatExceptionOfType(LeaseConflict.class).isThrownBy(() -> this.table.leave(key("i1"), "p2"));
		assertThat(this.changes).hasSize(1);
	}

	@Test
	void givesTheIdToAnotherProcessOnceTheOwnerIsSuspect() {
		Line old = line("i1", "p1");
		this.table.open(old);
		beat("i1");
		this.table.close(old);

		beat("i1", "p2", InstanceStatus.UP);

		assertThat(status("i1")).isEqualTo(InstanceStatus.UP);
		assertThatExceptionOfType(LeaseConflict.class).isThrownBy(() -> beat("i1"));
	}

	@Test
	void doesNotSuspectTheNewOwnerWhenTheOldOnesLineBreaks() {
		beat("i1");
		Line old = line("i1", "p1");
		this.table.open(old);
		run(2.1);
		beat("i1", "p2", InstanceStatus.UP);

		this.table.close(old);

		assertThat(status("i1")).isEqualTo(InstanceStatus.UP);
	}

	@Test
	void keepsMostOfAServiceAsSuspectForAMinute() {
		beat("i1", "i2", "i3");

		run(59, "i1");
		List<String> held = ids();
		run(4, "i1");

		assertThat(held).containsExactly("i1", "i2", "i3");
		assertThat(status("i1")).isEqualTo(InstanceStatus.UP);
		assertThat(ids()).containsExactly("i1");
	}

	@Test
	void countsLossesOfTheLastFiveSecondsTogether() {
		beat("i1", "i2", "i3", "i4", "i5");

		run(2, "i1", "i2", "i3");
		run(4, "i1", "i2");

		assertThat(ids()).containsExactly("i1", "i2", "i3");
	}

	@Test
	void neverHoldsBackADelete() {
		beat("i1", "i2");

		this.table.leave(key("i1"), "p1");
		this.table.leave(key("i2"), "");

		assertThat(ids()).isEmpty();
		assertThat(this.changes).containsExactly("a", "a", "a", "a");
		assertThat(this.table.leave(key("i2"), "")).isFalse();
	}

	@Test
	void expiresNobodyForOneLeaseAfterItStoodStill() {
		beat("i1", "i2", "i3");

		this.clock.advance(Duration.ofSeconds(30));
		this.table.tick();
		run(3.3);

		assertThat(ids()).containsExactly("i1", "i2", "i3");
		assertThat(status("i1")).isEqualTo(InstanceStatus.UP);
	}

	@Test
	void namesWhatIsGoneInTheFirstThirtySecondsOnly() {
		beat("i1", "i2", "i3");
		this.table.leave(key("i2"), "p1");
		this.table.leave(key("i3"), "p1");
		beat("i3");

		assertThat(this.table.isPartial()).isTrue();
		assertThat(this.table.gone("a")).containsExactly("i2");
		run(30.2, "i1", "i3");

		assertThat(this.table.isPartial()).isFalse();
		assertThat(this.table.gone("a")).isEmpty();
	}

	@Test
	void stretchesTheIntervalAboveAThousandInstances() {
		long interval = 0;
		for (int i = 0; i < 1500; i++) {
			interval = this.table.beat(new LeaseKey("many", "i" + i), beat("p1", InstanceStatus.UP));
		}

		assertThat(Duration.ofNanos(interval)).isEqualTo(Duration.ofMillis(1500));
		assertThat(Duration.ofNanos(LeaseTimes.beatNanos(90_000))).isEqualTo(Duration.ofSeconds(5));
		assertThat(Duration.ofNanos(LeaseTimes.beatNanos(1_000))).isEqualTo(Duration.ofSeconds(1));
	}

	/** Lets time pass in ticks, while these instances beat at each. */
	private void run(double seconds, String... beating) {
		for (int i = 0; i < Math.round(seconds * 10); i++) {
			this.clock.advance(Duration.ofMillis(100));
			beat(beating);
			this.table.tick();
		}
	}

	private void beat(String... ids) {
		for (String id : ids) {
			beat(id, "p1", InstanceStatus.UP);
		}
	}

	private void beat(String id, String incarnation, InstanceStatus status) {
		this.table.beat(key(id), beat(incarnation, status));
	}

	private static Beat beat(String incarnation, InstanceStatus status) {
		return new Beat(incarnation, "127.0.0.1", 8080, "http", "v1", "default", null, 100, status, Map.of(), 0,
				List.of(), List.of(), List.of(), List.of());
	}

	private static LeaseKey key(String id) {
		return new LeaseKey("a", id);
	}

	private static Line line(String id, String incarnation) {
		return new Line(key(id), incarnation, Set.of("b"));
	}

	private List<String> ids() {
		return this.table.instances("a").stream().map((listed) -> listed.instance().id()).toList();
	}

	private InstanceStatus status(String id) {
		return this.table.instances("a")
			.stream()
			.filter((listed) -> listed.instance().id().equals(id))
			.findFirst()
			.orElseThrow()
			.instance()
			.status();
	}

}
