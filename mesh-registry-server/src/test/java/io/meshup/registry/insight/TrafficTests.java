package io.meshup.registry.insight;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.meshup.model.BreakerState;
import io.meshup.model.InstanceStatus;
import io.meshup.model.beat.Beat;
import io.meshup.model.beat.EdgeTotals;
import io.meshup.registry.ManualClock;
import io.meshup.registry.insight.edge.Endpoint;
import io.meshup.registry.lease.instance.LeaseKey;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Traffic}.
 */
class TrafficTests {

	private static final long HEAP = 96L << 20;

	private final ManualClock clock = new ManualClock();

	private final Traffic traffic = new Traffic(this.clock, 5_000, HEAP);

	@BeforeEach
	void settle() {
		report("i0", "p0");
		this.clock.advance(Duration.ofSeconds(6));
	}

	@Test
	void showsRatesPerSecondOfWhatCameInTheWindow() {
		report("i1", "p1");
		for (int second = 1; second <= 20; second++) {
			this.clock.advance(Duration.ofSeconds(1));
			report("i1", "p1", totals(second * 100L, second * 10L));
		}

		EdgeView edge = only(10);

		assertThat(edge.source()).isEqualTo(new Endpoint("shop", "v1"));
		assertThat(edge.destination()).isEqualTo(new Endpoint("inventory", "v2"));
		assertThat(edge.rate()).isEqualTo(100);
		assertThat(edge.errorRate()).isEqualTo(10);
	}

	@Test
	void addsUpTheCallersOfOneEdge() {
		report("i1", "p1");
		report("i2", "p2");
		report("i1", "p1", totals(30, 0));
		report("i2", "p2", totals(20, 0));

		assertThat(only(60).rate()).isEqualTo(50);
	}

	@Test
	void neverCountsBackwardsWhenACallerRestartsOrABeatIsLate() {
		report("i1", "p1");
		report("i1", "p1", totals(1_000, 0));
		report("i1", "p1", totals(900, 0));
		report("i1", "p1", totals(1_010, 0));
		report("i1", "p2");
		report("i1", "p2", totals(5, 0));

		assertThat(only(60).rate()).isEqualTo(1_015);
	}

	@Test
	void doesNotCountWhatAProcessDidBeforeThisRegistryHeardOfIt() {
		report("i1", "p1", totals(5_000_000, 0));
		List<EdgeView> before = this.traffic.edges(60);
		report("i1", "p1", totals(5_000_007, 0));

		assertThat(before).isEmpty();
		assertThat(only(60).rate()).isEqualTo(7);
	}

	@Test
	void doesNotCountWhatAnOldProcessReportsLateAfterARestart() {
		Traffic restarted = new Traffic(this.clock, 5_000, HEAP);
		report(restarted, "i1", "p1", totals(100, 0));
		this.clock.advance(Duration.ofSeconds(5));
		report(restarted, "i2", "p2");
		this.clock.advance(Duration.ofSeconds(60));
		report(restarted, "i2", "p2", totals(3_600, 0));
		List<EdgeView> before = restarted.edges(60);
		report(restarted, "i2", "p2", totals(3_601, 0));

		assertThat(before).isEmpty();
		assertThat(restarted.edges(60)).extracting(EdgeView::rate).containsExactly(1.0);
	}

	@Test
	void keepsFiveMinutesWithoutAHistogramPerSecond() {
		report("i1", "p1");
		for (int second = 1; second <= 400; second++) {
			this.clock.advance(Duration.ofSeconds(1));
			report("i1", "p1", totals(second * 10L, second));
		}

		assertThat(only(300).rate()).isCloseTo(10, Percentage.withPercentage(2));
		assertThat(only(150).rate()).isCloseTo(10, Percentage.withPercentage(4));
		assertThat(only(60).rate()).isEqualTo(10);
		assertThat(only(10).errorRate()).isEqualTo(1);
	}

	@Test
	void leavesOutTheEdgesForWhichTheHeapIsTooSmall() {
		report("i1", "p1");
		EdgeTotals[] many = IntStream.range(0, 200)
			.mapToObj((i) -> new EdgeTotals(null, "s" + i, "v1", 1, 0, 0, BreakerState.CLOSED, List.of(), "", 0))
			.toArray(EdgeTotals[]::new);
		report("i1", "p1", many);

		assertThat(this.traffic.edges(60)).hasSize(144);
	}

	@Test
	void leavesAnEdgeOutOnceTheWindowHasNoTraffic() {
		report("i1", "p1");
		report("i1", "p1", totals(10, 0));

		this.clock.advance(Duration.ofSeconds(11));

		assertThat(this.traffic.edges(10)).isEmpty();
		assertThat(this.traffic.edges(60)).hasSize(1);
		this.clock.advance(Duration.ofSeconds(300));
		assertThat(this.traffic.edges(300)).isEmpty();
	}

	@Test
	void showsTheWorstBreakerAndAllEjectedOfTheLivingCallers() {
		report("i1", "p1");
		report("i2", "p2");
		report("i1", "p1", totals(10, BreakerState.OPEN, "x", "y"));
		report("i2", "p2", totals(10, BreakerState.CLOSED, "y"));
		EdgeView both = only(60);
		this.clock.advance(Duration.ofSeconds(11));
		report("i2", "p2");
		EdgeView one = only(60);

		assertThat(both.breaker()).isEqualTo(BreakerState.OPEN);
		assertThat(both.ejected()).isEqualTo(2);
		assertThat(one.breaker()).isEqualTo(BreakerState.CLOSED);
		assertThat(one.ejected()).isEqualTo(1);
	}

	@Test
	void countsRequestsFromOutsideAtTheOneWhoGotThem() {
		report("i1", "p1");
		report("i1", "p1",
				new EdgeTotals(EdgeTotals.OUTSIDE, "shop", "v1", 5, 0, 0, BreakerState.CLOSED, List.of(), "", 0));

		assertThat(only(60).source()).isEqualTo(new Endpoint("(outside)", ""));
	}

	@Test
	void countsCallsThatLostTheirLane() {
		report("i1", "p1");
		report("i1", "p1", new EdgeTotals(null, "inventory", "v2", 10, 0, 0, BreakerState.CLOSED, List.of(), "", 3));
		this.clock.advance(Duration.ofSeconds(1));
		report("i1", "p1", new EdgeTotals(null, "inventory", "v2", 12, 0, 0, BreakerState.CLOSED, List.of(), "", 5));

		assertThat(only(60).laneLost()).isEqualTo(5);
	}

	@Test
	void putsTheLanesOfAVersionTogether() {
		NodeView node = new NodeView("inventory", "v2", 1, 1, List.of("green"))
			.plus(new NodeView("inventory", "v2", 1, 0, List.of()))
			.plus(new NodeView("inventory", "v2", 1, 1, List.of("blue", "green")));

		assertThat(node).isEqualTo(new NodeView("inventory", "v2", 3, 2, List.of("blue", "green")));
	}

	private EdgeView only(long window) {
		List<EdgeView> edges = this.traffic.edges(window);
		assertThat(edges).hasSize(1);
		return edges.get(0);
	}

	private void report(String id, String incarnation, EdgeTotals... edges) {
		report(this.traffic, id, incarnation, edges);
	}

	private static void report(Traffic traffic, String id, String incarnation, EdgeTotals... edges) {
		traffic.onBeat(new LeaseKey("shop", id), new Beat(incarnation, "127.0.0.1", 80, "http", "v1", "default", null,
				100, InstanceStatus.UP, Map.of(), 0, List.of(), List.of(), List.of(edges), List.of()));
	}

	private static EdgeTotals totals(long requests, long errors) {
		return new EdgeTotals(null, "inventory", "v2", requests, errors, 0, BreakerState.CLOSED, List.of(), "", 0);
	}

	private static EdgeTotals totals(long requests, BreakerState breaker, String... ejected) {
		return new EdgeTotals(null, "inventory", "v2", requests, 0, 0, breaker, List.of(ejected), "", 0);
	}

}
