package io.meshup.registry.lease.table;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.meshup.model.InstanceStatus;
import io.meshup.model.beat.Beat;
import io.meshup.registry.ManualClock;
import io.meshup.registry.lease.instance.LeaseKey;
import io.meshup.registry.lease.instance.Line;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link LeaseTable} under faults that last: crash loops (T13), pauses (T14),
 * two processes of one id (T15) and a wall clock that jumps (T48).
 */
class LeaseFaultTests {

	private static final int CYCLES = 50;

	private final ManualClock clock = new ManualClock();

	private final List<String> changes = new ArrayList<>();

	private Instant wallTime = Instant.EPOCH;

	private final LeaseTable table = new LeaseTable(this.clock, () -> this.wallTime, new NotedPublication(this.changes),
			new Alone());

	// T13
	@Test
	void publishesLittleOfAnInstanceThatCrashesOverAndOver() {
		beat("i1");
		beat("i2");
		beat("i3");
		this.changes.clear();
		for (int i = 0; i < CYCLES; i++) {
			Line line = new Line(key("crashing"), "p" + i, Set.of("b"));
			this.table.open(line);
			this.table.beat(key("crashing"), beat("p" + i, InstanceStatus.STARTING));
			this.table.beat(key("crashing"), beat("p" + i, InstanceStatus.UP));
			run(2, "i1", "i2", "i3");
			this.table.close(line);
			run(2, "i1", "i2", "i3");
		}

		assertThat(this.changes.size()).isLessThanOrEqualTo(4 * CYCLES);
		assertThat(this.table.size()).isEqualTo(3);
		assertThat(this.table.lines()).isZero();
		assertThat(statuses()).containsOnly(Map.entry("i1", InstanceStatus.UP), Map.entry("i2", InstanceStatus.UP),
				Map.entry("i3", InstanceStatus.UP));
	}

	// T14
	@Test
	void takesAnInstanceBackThatStoodStillForFiveSeconds() {
		beat("i1");
		beat("i2");
		beat("i3");
		run(2.1, "i1", "i2");
		assertThat(statuses()).containsEntry("i3", InstanceStatus.SUSPECT);
		run(2.9, "i1", "i2");
		assertThat(statuses()).doesNotContainKey("i3");

		beat("i3");

		assertThat(statuses()).containsEntry("i3", InstanceStatus.UP);
		run(10, "i1", "i2", "i3");
		assertThat(statuses()).hasSize(3).containsEntry("i3", InstanceStatus.UP);
	}

	// T15
	@Test
	void lendsAnIdToOneOfTwoProcessesAndStaysWithIt() {
		beat("i1");
		this.changes.clear();
		for (int i = 0; i < 600; i++) {
			run(0.1, "i1");
			assertThatExceptionOfType(LeaseConflict.class)
				.isThrownBy(() -> this.table.beat(key("i1"), beat("thief", InstanceStatus.UP)));
		}

		assertThat(this.changes).isEmpty();
		assertThat(statuses()).containsExactly(Map.entry("i1", InstanceStatus.UP));
	}

	// T48
	@Test
	void asksTheWallClockForNothingThatCounts() {
		beat("i1");
		beat("i2");
		this.changes.clear();
		for (long hours : List.of(2L, -4L, 50L)) {
			this.wallTime = this.wallTime.plus(Duration.ofHours(hours));
			run(10, "i1", "i2");
		}

		assertThat(this.changes).isEmpty();
		assertThat(statuses()).hasSize(2).containsValues(InstanceStatus.UP);
	}

	private Map<String, InstanceStatus> statuses() {
		Map<String, InstanceStatus> statuses = new TreeMap<>();
		this.table.instances("a").forEach((listed) -> statuses.put(listed.instance().id(), listed.instance().status()));
		return statuses;
	}

	private void run(double seconds, String... beating) {
		for (int i = 0; i < Math.round(seconds * 10); i++) {
			this.clock.advance(Duration.ofMillis(100));
			for (String id : beating) {
				beat(id);
			}
			this.table.tick();
		}
	}

	private void beat(String id) {
		this.table.beat(key(id), beat("owner", InstanceStatus.UP));
	}

	private static Beat beat(String incarnation, InstanceStatus status) {
		return new Beat(incarnation, "127.0.0.1", 8080, "http", "v1", "default", null, 100, status, Map.of(), 0,
				List.of(), List.of(), List.of(), List.of());
	}

	private static LeaseKey key(String id) {
		return new LeaseKey("a", id);
	}

}
