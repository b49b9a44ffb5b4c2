package io.meshup.registry.lease.table;

import java.util.List;

import io.meshup.model.InstanceStatus;
import io.meshup.registry.lease.instance.Line;
import io.meshup.registry.lease.shared.DrainMark;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link LeaseTable}: several nodes over one log.
 */
class SeveralNodesTests extends SeveralNodesFixture {

	@Test
	void showsEveryInstanceOnEveryNode() {
		beat(this.a, "i1", "p1");
		beat(this.b, "i2", "p2");
		settle();

		assertThat(this.a.shown()).isEqualTo("i1=UP i2=UP").isEqualTo(this.b.shown());
		assertThat(this.a.table.size()).isEqualTo(2);
		this.b.table.leave(key("i1"), "p1");
		settle();

		assertThat(this.a.shown()).isEqualTo("i2=UP").isEqualTo(this.b.shown());
	}

	@Test
	void keepsAnInstanceUpThatMovesToAnotherNode() {
		Line old = line("i1", "p1");
		this.a.table.open(old);
		beat(this.a, "i1", "p1");
		settle();
		watch("i1");

		this.b.table.open(line("i1", "p1"));
		this.a.table.close(old);
		settle();
		for (int i = 0; i < 50; i++) {
			beat(this.b, "i1", "p1");
			run(0.1);
		}

		assertThat(this.flaps).as("only the line that broke before the log told of the new one").hasSizeLessThan(2);
		assertThat(this.a.shown()).isEqualTo("i1=UP").isEqualTo(this.b.shown());
		assertThat(owners("i1")).containsExactly("b");
	}

	@Test
	void refusesASecondProcessOnAnyNodeWhileTheFirstIsAlive() {
		beat(this.a, "i1", "p1");
		settle();

		assertThatExceptionOfType(LeaseConflict.class).isThrownBy(() -> beat(this.b, "i1", "p2"));
		assertThatExceptionOfType(LeaseConflict.class).isThrownBy(() -> this.b.table.open(line("i1", "p2")));
		assertThatExceptionOfType(LeaseConflict.class).isThrownBy(() -> this.b.table.leave(key("i1"), "p2"));
		assertThat(owners("i1")).containsExactly("a");
	}

	@Test
	void lastsWithTheFirstInTheLogWhenTwoProcessesComeAtTheSameMoment() {
		beat(this.a, "i1", "p1");
		beat(this.b, "i1", "p2");
		settle();

		assertThat(owners("i1")).containsExactly("a");
		int changes = 0;
		String before = incarnation(this.b, "i1");
		for (int i = 0; i < 60; i++) {
			beat(this.a, "i1", "p1");
			assertThatExceptionOfType(LeaseConflict.class).isThrownBy(() -> beat(this.b, "i1", "p2"));
			run(1);
			changes += incarnation(this.b, "i1").equals(before) ? 0 : 1;
		}

		assertThat(changes).isZero();
		assertThat(before).isEqualTo("p1");
	}

	@Test
	void takesOverWhatALostNodeLeftAndDropsWhatGivesNoSign() {
		List<String> ids = List.of("i1", "i2", "i3", "i4", "i5");
		ids.forEach((id) -> beat(this.a, id, "p1"));
		settle();
		this.nodes.remove(this.a);

		for (int i = 0; i < 105; i++) {
			ids.subList(1, 5).forEach((id) -> beat(this.b, id, "p1"));
			run(0.1);
		}
		String late = this.b.shown();
		run(1);

		assertThat(late).isEqualTo("i1=SUSPECT i2=UP i3=UP i4=UP i5=UP");
		assertThat(this.b.shown()).isEqualTo("i2=UP i3=UP i4=UP i5=UP");
	}

	@Test
	void dividesWhatALostNodeLeftAmongThoseThatRemain() {
		MemoryNode c = join("c");
		settle();
		for (int i = 0; i < 40; i++) {
			beat(c, "i" + (10 + i), "p1");
		}
		settle();
		this.nodes.remove(c);

		run(3.2);

		assertThat(this.a.table.ownSize()).isBetween(8, 32);
		assertThat(this.a.table.ownSize() + this.b.table.ownSize()).isEqualTo(40);
		assertThat(this.a.shown()).isEqualTo(this.b.shown()).doesNotContain("UP");
	}

	@Test
	void holdsBackAMassLossWhateverNodesHoldTheInstances() {
		beat(this.a, "i1", "p1");
		beat(this.a, "i2", "p1");
		beat(this.b, "i3", "p1");
		settle();

		run(30);

		assertThat(this.a.shown()).isEqualTo("i1=SUSPECT i2=SUSPECT i3=SUSPECT").isEqualTo(this.b.shown());
		run(40);
		assertThat(this.a.shown()).isEmpty();
	}

	@Test
	void expiresNobodyAfterItStoodStillAndYieldsToWhoHasThemNow() {
		beat(this.a, "i1", "p1");
		Line line = line("i1", "p1");
		this.a.table.open(line);
		beat(this.b, "i2", "p2");
		settle();
		watch("i1", "i2");
		this.a.isPaused = true;
		for (int i = 0; i < 300; i++) {
			beat(this.b, "i1", "p1");
			beat(this.b, "i2", "p2");
			run(0.1);
		}
		this.a.isPaused = false;
		this.a.table.tick();
		// What waited in its sockets comes before it has read the log.
		beat(this.a, "i1", "p1");
		this.a.table.close(line);
		for (int i = 0; i < 50; i++) {
			beat(this.b, "i1", "p1");
			beat(this.b, "i2", "p2");
			run(0.1);
		}

		assertThat(this.flaps).isEmpty();
		assertThat(owners("i1")).containsExactly("b");
	}

	@Test
	void changesNothingWhileItIsCutOffAndHealsWithoutAFlap() {
		Line line = line("i1", "p1");
		this.a.table.open(line);
		beat(this.a, "i1", "p1");
		beat(this.b, "i2", "p2");
		settle();
		watch("i1", "i2");
		this.a.isCut = true;
		run(0.5);
		this.b.table.open(line("i1", "p1"));
		this.a.table.close(line);
		for (int i = 0; i < 300; i++) {
			beat(this.b, "i1", "p1");
			beat(this.b, "i2", "p2");
			run(0.1);
		}
		this.a.heal();
		for (int i = 0; i < 50; i++) {
			beat(this.b, "i1", "p1");
			beat(this.b, "i2", "p2");
			run(0.1);
		}

		assertThat(this.flaps).isEmpty();
		assertThat(owners("i1")).containsExactly("b");
		assertThat(this.a.shown()).isEqualTo("i1=UP i2=UP");
	}

	@Test
	void claimsBackWhatOthersTookForLost() {
		List<String> ids = List.of("i1", "i2", "i3");
		ids.forEach((id) -> beat(this.a, id, "p1"));
		settle();
		this.a.isCut = true;
		for (int i = 0; i < 100; i++) {
			ids.forEach((id) -> beat(this.a, id, "p1"));
			run(0.1);
		}
		assertThat(this.b.shown()).isEqualTo("i1=SUSPECT i2=SUSPECT i3=SUSPECT");
		assertThat(this.a.shown()).isEqualTo("i1=UP i2=UP i3=UP");

		this.a.heal();
		run(0.5);

		assertThat(this.b.shown()).isEqualTo("i1=UP i2=UP i3=UP");
		assertThat(owners("i1")).containsExactly("a");
	}

	@Test
	void knowsAllInstancesFromItsStart() {
		beat(this.a, "i1", "p1");
		settle();

		MemoryNode c = join("c");

		assertThat(c.shown()).isEqualTo("i1=UP");
		assertThat(c.table.isPartial()).isFalse();
	}

	@Test
	void gluesTheSameRevisionToADrainOnEveryNode() {
		beat(this.a, "i1", "p1");
		settle();
		this.a.table.beat(key("i1"), beat("p1", InstanceStatus.DRAINING));
		settle();

		DrainMark mark = this.a.table.drain(key("i1"));
		assertThat(mark).isNotNull().isEqualTo(this.b.table.drain(key("i1")));
		assertThat(mark.revision()).isPositive();
		this.b.table.beat(key("i1"), beat("p1", InstanceStatus.DRAINING));
		settle();
		assertThat(this.b.table.drain(key("i1"))).isEqualTo(mark);
		assertThat(this.a.table.drain(key("i1"))).isEqualTo(mark);
	}

	@Test
	void sharesAgainWhatAnOlderLogDoesNotSay() {
		beat(this.a, "i1", "p1");
		settle();
		int kept = this.log.entries.size();
		this.a.table.beat(key("i1"), beat("p1", InstanceStatus.DRAINING));
		settle();
		assertThat(this.b.shown()).isEqualTo("i1=DRAINING");

		this.log.forget(kept);
		this.nodes.forEach(MemoryNode::reload);
		assertThat(this.b.shown()).as("what is left").isEqualTo("i1=UP");
		settle();

		assertThat(this.b.shown()).isEqualTo("i1=DRAINING").isEqualTo(this.a.shown());
		assertThat(owners("i1")).containsExactly("a");
	}

	@Test
	void listsAnInstanceWhoseMoveWasLostUntilItIsHeardOf() {
		beat(this.a, "i1", "p1");
		beat(this.a, "left", "p1");
		settle();
		int kept = this.log.entries.size();
		this.b.table.open(line("i1", "p1"));
		this.a.table.leave(key("left"), "p1");
		settle();
		assertThat(owners("i1")).containsExactly("b");

		this.log.forget(kept);
		this.nodes.forEach(MemoryNode::reload);
		settle();
		assertThat(this.a.shown()).isEqualTo("i1=SUSPECT left=SUSPECT").isEqualTo(this.b.shown());
		for (int i = 0; i < 700; i++) {
			beat(this.b, "i1", "p1");
			run(0.1);
		}

		assertThat(this.a.shown()).isEqualTo("i1=UP").isEqualTo(this.b.shown());
		assertThat(owners("i1")).containsExactly("b");
	}

}
