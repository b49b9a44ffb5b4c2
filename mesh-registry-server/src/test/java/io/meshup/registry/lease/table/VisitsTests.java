package io.meshup.registry.lease.table;

import java.time.Duration;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LeaseTable} and its visits: a proxy spreads the beats of one instance
 * over the nodes.
 */
class VisitsTests {

	private static final LeaseKey KEY = new LeaseKey("s", "i1");

	private final ManualClock clock = new ManualClock();

	private final MemoryLog log = new MemoryLog();

	private final List<MemoryNode> nodes = new ArrayList<>();

	private final MemoryNode a = new MemoryNode("a", this.log, this.clock);

	private final MemoryNode b = new MemoryNode("b", this.log, this.clock);

	private final Line line = new Line(KEY, "p1", Set.of("x"));

	@BeforeEach
	void begin() {
		this.nodes.addAll(List.of(this.a, this.b));
		pass(400);
		this.a.table.open(this.line);
		beat(this.a, InstanceStatus.UP);
		pass(100);
	}

	@Test
	void leaveTheLeaseWhereTheLineIsAndWriteNothing() {
		int written = this.log.entries.size();

		for (int i = 0; i < 60; i++) {
			beat((i % 7 == 0) ? this.a : this.b, InstanceStatus.UP);
			pass(1_000);
			assertThat(this.b.shown()).isEqualTo("i1=UP").isEqualTo(this.a.shown());
		}

		assertThat(this.log.entries).hasSize(written);
		assertThat(this.a.table.holds(KEY)).isTrue();
		this.a.table.close(this.line);
		pass(100);
		assertThat(this.b.shown()).as("the line still tells at once that the process died").isEqualTo("i1=SUSPECT");
	}

	@Test
	void bringWhatIsConfirmedToTheNodeThatHasTheLine() {
		this.b.beat(KEY, said(InstanceStatus.UP, 42), this.nodes, Duration.ZERO);
		pass(100);

		assertThat(this.a.table.find("s", "i1")).hasValueSatisfying((one) -> assertThat(one.applied()).isEqualTo(42));
		assertThat(this.b.table.find("s", "i1")).hasValueSatisfying((one) -> assertThat(one.applied()).isEqualTo(42));
	}

	@Test
	void tellAtOnceThatItLeavesAndThenUnderWhichRevision() {
		beat(this.b, InstanceStatus.DRAINING);

		DrainMark first = this.b.table.drain(KEY);
		assertThat(first).as("it must wait for its callers").isNotNull();
		assertThat(first.revision()).isEqualTo(DrainMark.UNPUBLISHED);
		pass(200);
		assertThat(this.b.shown()).isEqualTo("i1=DRAINING").isEqualTo(this.a.shown());
		assertThat(this.b.table.drain(KEY)).isEqualTo(this.a.table.drain(KEY));
		assertThat(this.b.table.drain(KEY).revision()).isPositive();
	}

	@Test
	void sayNothingThatItsNodeKnowsBetter() {
		Beat before = said(InstanceStatus.UP, 1);
		this.b.beat(KEY, before, this.nodes, Duration.ofMillis(50));
		beat(this.a, InstanceStatus.DRAINING);
		pass(100);
		assertThat(this.a.shown()).as("said later than what comes now").isEqualTo("i1=DRAINING");

		beat(this.a, InstanceStatus.UP);
		pass(1_000);
		this.b.beat(KEY, before, this.nodes, Duration.ofMillis(50));
		this.a.table.close(this.line);
		pass(100);
		assertThat(this.a.shown()).as("said before the process died").isEqualTo("i1=SUSPECT");
	}

	@Test
	void keepItUpWhenItsNodeDies() {
		List<String> shown = new ArrayList<>();
		this.nodes.remove(this.a);

		for (int i = 0; i < 100; i++) {
			if (i % 10 == 0) {
				beat(this.b, InstanceStatus.UP);
			}
			pass(100);
			shown.add(this.b.shown());
		}

		assertThat(shown).containsOnly("i1=UP");
		assertThat(this.b.table.holds(KEY)).isTrue();
	}

	@Test
	void moveTheLeaseWhenItsNodeLeaves() {
		this.b.table.visits().leaves("a");

		beat(this.b, InstanceStatus.UP);
		pass(100);

		assertThat(this.b.table.holds(KEY)).isTrue();
		assertThat(this.a.table.holds(KEY)).isFalse();
		assertThat(this.a.shown()).isEqualTo("i1=UP").isEqualTo(this.b.shown());
	}

	private void beat(MemoryNode node, InstanceStatus status) {
		node.beat(KEY, said(status, 0), this.nodes, Duration.ZERO);
	}

	private static Beat said(InstanceStatus status, long applied) {
		return new Beat("p1", "127.0.0.1", 8080, "http", "v1", "default", null, 100, status, Map.of(), applied,
				List.of(), List.of(), List.of(), List.of());
	}

	private void pass(int millis) {
		for (int i = 0; i < millis; i += 100) {
			this.clock.advance(Duration.ofMillis(100));
			for (MemoryNode node : this.nodes) {
				node.write(Integer.MAX_VALUE);
			}
			for (MemoryNode node : this.nodes) {
				node.read(Integer.MAX_VALUE);
				node.tick();
			}
		}
	}

}
