package io.meshup.traffic.health;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

import io.meshup.model.InstanceStatus;
import io.meshup.traffic.OutboundCall;
import io.meshup.traffic.TestMesh;
import io.meshup.traffic.event.TrafficChange;
import io.meshup.traffic.step.Step;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for leaving instances out: errors in a row, refused connections, panic.
 */
class EjectionTests {

	private static final String TWO_ERRORS = "\"outlierDetection\":{\"consecutiveErrors\":2,\"baseEjectionTime\":\"10s\"}";

	private final TestMesh mesh = new TestMesh();

	@Test
	void ejectsAfterFiveErrorsInARowByDefault() {
		this.mesh.up("a", "b", "c");
		fail("a", 4);
		answerOk("a");
		fail("a", 4);
		assertThat(this.mesh.view().ejected()).isEmpty();

		fail("a", 1);

		assertThat(this.mesh.view().ejected()).containsExactly("a");
		assertThat(this.mesh.changes).extracting(TrafficChange::kind).contains(TrafficChange.Kind.EJECTED);
		for (int i = 0; i < 100; i++) {
			assertThat(this.mesh.answer(200).id()).isNotEqualTo("a");
		}
	}

	@Test
	void probesAnInstanceAfterItsTimeAndTakesItBackWhenItAnswers() {
		this.mesh.up("a", "b", "c");
		fail("a", 5);
		this.mesh.clock.advance(Duration.ofSeconds(10));

		OutboundCall probe = this.mesh.open();
		assertThat(((Step.Send) probe.begin()).instance().id()).isEqualTo("a");
		assertThat(idsOf(50)).containsExactlyInAnyOrder("b", "c");
		assertThat(this.mesh.view().ejected()).containsExactly("a");
		probe.onHead(200, (name) -> null);

		assertThat(this.mesh.view().ejected()).isEmpty();
		assertThat(this.mesh.view().warming()).containsExactly("a");
		assertThat(this.mesh.changes).last()
			.satisfies((change) -> assertThat(change.kind()).isEqualTo(TrafficChange.Kind.RETURNED));
	}

	@Test
	void ejectsForLongerWhenTheProbeFailsAndProbesAgainWhenItIsLost() {
		this.mesh.up("a", "b", "c");
		fail("a", 5);
		this.mesh.clock.advance(Duration.ofSeconds(10));
		fail("a", 1);
		assertThat(this.mesh.changes).last().asString().contains("the probe failed");
		this.mesh.clock.advance(Duration.ofSeconds(19));
		assertThat(idsOf(50)).containsExactlyInAnyOrder("b", "c");

		this.mesh.clock.advance(Duration.ofSeconds(1));
		callTo("a").cancel();
		callTo("a");
		assertThat(idsOf(50)).containsExactlyInAnyOrder("b", "c");
		this.mesh.clock.advance(Duration.ofSeconds(30));

		answerOk("a");
		assertThat(this.mesh.view().ejected()).isEmpty();
	}

	@Test
	void growsWithEachEjectionAndDecaysWithEachGoodInterval() {
		this.mesh.up("a", "b", "c").rules(TestMesh.policy(TWO_ERRORS));
		fail("a", 2);
		assertThat(outFor("a")).isEqualTo(10);
		fail("a", 2);
		assertThat(outFor("a")).isEqualTo(20);
		fail("a", 2);
		assertThat(outFor("a")).isEqualTo(30);

		this.mesh.clock.advance(Duration.ofSeconds(2));
		fail("a", 2);
		assertThat(outFor("a")).isEqualTo(20);

		this.mesh.clock.advance(Duration.ofMinutes(1));
		fail("a", 2);
		assertThat(outFor("a")).isEqualTo(10);
	}

	@Test
	void ejectsNoMoreThanTheRuleAllowsButAlwaysOne() {
		this.mesh.up("a", "b", "c", "d")
			.rules(TestMesh.policy("\"outlierDetection\":{\"consecutiveErrors\":1,\"maxEjectionPercent\":50}"));
		fail("a", 1);
		fail("b", 1);
		fail("c", 1);
		assertThat(this.mesh.view().ejected()).containsExactly("a", "b");

		TestMesh strict = new TestMesh().up("a", "b")
			.rules(TestMesh.policy("\"outlierDetection\":{\"consecutiveErrors\":1,\"maxEjectionPercent\":0}"));
		while (strict.view().ejected().isEmpty()) {
			strict.answer(500);
		}
		strict.answer(500);
		assertThat(strict.view().ejected()).hasSize(1);
	}

	@Test
	void takesARefusedInstanceOutForOneSecondDoublingToThirty() {
		this.mesh.up("a", "b", "c");
		int[] seconds = { 1, 2, 4, 8, 16, 30, 30 };
		for (int expected : seconds) {
			refuse("a");
			assertThat(probedAfter("a")).isEqualTo(expected);
		}
		answerOk("a");
		refuse("a");
		assertThat(outFor("a")).isEqualTo(1);
	}

	@Test
	void leavesRefusedInstancesOutBeyondTheMaximumAndInPanic() {
		this.mesh.up("a", "b", "c", "d", "e");
		for (String id : new String[] { "a", "b", "c", "d" }) {
			refuse(id);
		}

		for (int i = 0; i < 100; i++) {
			assertThat(this.mesh.answer(200).id()).isEqualTo("e");
		}
		refuse("e");
		assertThat(idsOf(200)).hasSize(5);
	}

	@Test
	void usesAllThatAreUpWhenTooFewAreLeft() {
		this.mesh.up("a", "b", "c", "d")
			.rules(TestMesh.policy("\"outlierDetection\":{\"consecutiveErrors\":1,\"maxEjectionPercent\":100},"
					+ "\"panicThresholdPercent\":50"));
		fail("a", 1);
		fail("b", 1);
		assertThat(idsOf(200)).containsExactlyInAnyOrder("c", "d");

		fail("c", 1);
		assertThat(idsOf(200)).containsExactlyInAnyOrder("a", "b", "c", "d");
	}

	@Test
	void prefersASuspectToAnEjectedInstanceWithoutPanic() {
		this.mesh.up("a", "b")
			.rules(TestMesh.policy("\"outlierDetection\":{\"consecutiveErrors\":1,\"maxEjectionPercent\":100},"
					+ "\"panicThresholdPercent\":0"));
		fail("a", 1);
		this.mesh.status("b", InstanceStatus.SUSPECT);

		assertThat(idsOf(50)).containsExactly("b");
	}

	@Test
	void keepsStatisticsWhenTheServiceIsPublishedAnew() {
		this.mesh.up("a", "b", "c");
		fail("a", 5);

		this.mesh.up("d");

		assertThat(this.mesh.view().ejected()).containsExactly("a");
	}

	@Test
	void reportsEjectedInstancesOnTheirEdge() {
		this.mesh.up("a", "b", "c");
		fail("a", 5);

		assertThat(this.mesh.engine.edges().changes()).singleElement().satisfies((edge) -> {
			assertThat(edge.ejected()).containsExactly("a");
			assertThat(edge.errors()).isEqualTo(5);
		});
	}

	private void fail(String id, int times) {
		for (int i = 0; i < times; i++) {
			OutboundCall call = callTo(id);
			call.onHead(500, (name) -> null);
			call.onEnd(null);
		}
	}

	private void answerOk(String id) {
		OutboundCall call = callTo(id);
		call.onHead(200, (name) -> null);
		call.onEnd(null);
	}

	private void refuse(String id) {
		OutboundCall call = callTo(id);
		this.mesh.refused(call);
		call.cancel();
	}

	private OutboundCall callTo(String id) {
		while (true) {
			OutboundCall call = this.mesh.open();
			if (((Step.Send) call.begin()).instance().id().equals(id)) {
				return call;
			}
			call.cancel();
		}
	}

	private Set<String> idsOf(int calls) {
		Set<String> ids = new HashSet<>();
		for (int i = 0; i < calls; i++) {
			OutboundCall call = this.mesh.open();
			ids.add(((Step.Send) call.begin()).instance().id());
			call.cancel();
		}
		return ids;
	}

	// Waits for its probe, which is answered well.
	private int outFor(String id) {
		int seconds = probedAfter(id);
		answerOk(id);
		return seconds;
	}

	// Waits until a request comes to it, which is given up.
	private int probedAfter(String id) {
		int seconds = 0;
		while (!idsOf(20).contains(id)) {
			this.mesh.clock.advance(Duration.ofSeconds(1));
			seconds++;
		}
		return seconds;
	}

}
