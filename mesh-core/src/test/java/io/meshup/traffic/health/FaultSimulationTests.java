package io.meshup.traffic.health;

import java.time.Duration;

import io.meshup.traffic.TestMesh;
import io.meshup.traffic.event.TrafficChange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * T8 to T11 of the faults that a mesh must bear, simulated: failing, slow, grey and dead
 * instances under load.
 */
class FaultSimulationTests {

	private static final Duration QUICK = Duration.ofMillis(20);

	private static final Duration SLOW = Duration.ofMillis(200);

	private static final String POOR = "\"outlierDetection\":{\"successRateBelow\":90,\"maxEjectionPercent\":100}";

	private final TestMesh mesh = new TestMesh();

	@Test
	void ejectsAnInstanceThatFailsWithinASecond() {
		Simulation simulation = ten();
		simulation.behaves("i3", QUICK, 100);
		int before = simulation.run(Duration.ofSeconds(1), 50).errors;

		assertThat(this.mesh.view().ejected()).containsExactly("i3");
		assertThat(before).isLessThanOrEqualTo(8);
		assertThat(simulation.run(Duration.ofSeconds(8), 50).errors).isZero();
	}

	@Test
	void letsOneCallAtATimeProbeAnInstanceThatGoesOnFailing() {
		Simulation simulation = ten();
		simulation.behaves("i3", QUICK, 100).run(Duration.ofSeconds(2), 100);

		// Due after 10, then 20, 30, 40, 50 and 60 s.
		assertThat(simulation.run(Duration.ofMinutes(4), 100).errors).isBetween(5, 7);

		simulation.behaves("i3", QUICK, 0).run(Duration.ofMinutes(2), 100);
		assertThat(this.mesh.view().ejected()).isEmpty();
		assertThat(simulation.run(Duration.ofSeconds(20), 100).share("i3")).isBetween(0.08, 0.12);
	}

	@ParameterizedTest
	@ValueSource(strings = { "least-request", "peak-ewma" })
	void givesASlowInstanceLittle(String algorithm) {
		Simulation simulation = ten();
		this.mesh.rules(TestMesh.policy("\"loadBalancer\":{\"algorithm\":\"" + algorithm + "\"}"));
		Duration healthy = simulation.run(Duration.ofSeconds(10), 500).p99();
		simulation.behaves("i3", SLOW, 0).run(Duration.ofSeconds(5), 500);

		Simulation.Window after = simulation.run(Duration.ofSeconds(10), 500);

		assertThat(after.share("i3")).isLessThanOrEqualTo(0.1);
		if (algorithm.equals("peak-ewma")) {
			assertThat(after.p99()).isLessThanOrEqualTo(healthy.multipliedBy(3).dividedBy(2));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "least-request", "peak-ewma" })
	void givesASlowOneOfThreeLittle(String algorithm) {
		this.mesh.up("i0", "i1", "i2").rules(TestMesh.policy("\"loadBalancer\":{\"algorithm\":\"" + algorithm + "\"}"));
		Simulation simulation = new Simulation(this.mesh).behaves("i0", QUICK, 0)
			.behaves("i1", QUICK, 0)
			.behaves("i2", SLOW, 0);
		simulation.run(Duration.ofSeconds(5), 300);

		assertThat(simulation.run(Duration.ofSeconds(10), 300).share("i2")).isLessThanOrEqualTo(0.1);
	}

	@Test
	void ejectsAGreyInstanceWithinTenSeconds() {
		Simulation simulation = ten();
		this.mesh.rules(TestMesh.policy("\"outlierDetection\":{\"successRateBelow\":90}"));
		simulation.run(Duration.ofSeconds(20), 50);
		simulation.behaves("i3", QUICK, 20).run(Duration.ofSeconds(10), 50);

		assertThat(this.mesh.changes).filteredOn((change) -> change.kind() == TrafficChange.Kind.EJECTED)
			.isNotEmpty()
			.allSatisfy((change) -> assertThat(change.toString()).contains("i3").contains("success rate"));
	}

	@Test
	void goesOnWithAllWhenAllAreGrey() {
		Simulation simulation = ten();
		this.mesh.rules(TestMesh.policy(POOR));
		for (int i = 0; i < 10; i++) {
			simulation.behaves("i" + i, QUICK, 20);
		}
		simulation.run(Duration.ofSeconds(10), 200);

		Simulation.Window window = simulation.run(Duration.ofMinutes(1), 200);

		assertThat(window.refused + window.failed).isZero();
		assertThat(window.goodput()).isGreaterThanOrEqualTo(0.78);
		assertThat(window.attempts).hasSize(10);
	}

	@Test
	void losesNoCallWhenHalfOfTheInstancesDie() {
		Simulation simulation = ten();
		simulation.run(Duration.ofSeconds(5), 200);
		for (int i = 0; i < 5; i++) {
			simulation.dies("i" + i);
		}

		Simulation.Window window = simulation.run(Duration.ofSeconds(30), 200);

		assertThat(window.goodput()).isEqualTo(1);
		assertThat(this.mesh.view().ejected()).containsExactly("i0", "i1", "i2", "i3", "i4");
		// Each is probed after 1, 2, 4, 8 and 16 s more, by one call.
		assertThat(window.attempts.get("i0")).isLessThanOrEqualTo(8);
	}

	private Simulation ten() {
		this.mesh.up("i0", "i1", "i2", "i3", "i4", "i5", "i6", "i7", "i8", "i9");
		Simulation simulation = new Simulation(this.mesh);
		for (int i = 0; i < 10; i++) {
			simulation.behaves("i" + i, QUICK, 0);
		}
		return simulation;
	}

}
