package io.meshup.registry.quota;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.meshup.model.Instance;
import io.meshup.model.InstanceStatus;
import io.meshup.model.MeshJson;
import io.meshup.model.ServiceSnapshot;
import io.meshup.model.beat.Beat;
import io.meshup.model.beat.LimitDemand;
import io.meshup.registry.ManualClock;
import io.meshup.registry.lease.instance.LeaseKey;
import io.meshup.traffic.TrafficEngine;
import io.meshup.traffic.door.InboundGate;
import io.meshup.traffic.request.InboundView;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests for {@link Quotas}, alone and with the gates of four instances.
 */
class QuotasTests {

	private static final String RULE = """
			{"apiVersion":"meshup.io/v1","kind":"RateLimit","metadata":{"name":"m"},
			 "spec":{"service":"shop","limits":[{"requests":1000,"scope":"mesh"}]}}""";

	private final ManualClock clock = new ManualClock();

	private final Set<String> serving = new TreeSet<>(Set.of("a", "b", "c", "d"));

	private final Quotas quotas = new Quotas(this.clock, 200, (service) -> Set.copyOf(this.serving));

	@Test
	void answersNothingWhileNothingIsWanted() {
		assertThat(this.quotas.shares(new LeaseKey("shop", "a"), beat())).isEmpty();
		assertThat(beat("a", 0)).isEmpty();
		assertThat(this.quotas.size()).isZero();
	}

	@Test
	void dividesByDemandWithALeastPartForEveryone() {
		for (int i = 0; i < 10; i++) {
			beat("a", 600);
			beat("b", 300);
			beat("c", 0);
			beat("d", 0);
		}

		assertThat(beat("a", 600).get("m/0")).isCloseTo(0.025 + 0.6, within(0.001));
		assertThat(beat("b", 300).get("m/0")).isCloseTo(0.025 + 0.3, within(0.001));
		assertThat(beat("c", 0).get("m/0")).isCloseTo(0.025, within(0.001));
	}

	@Test
	void grantsNeverMoreThanTheOthersHaveLeft() {
		assertThat(beat("a", 1000).get("m/0")).as("the others still use a quarter each").isEqualTo(0.25);
		assertThat(beat("b", 0).get("m/0")).isEqualTo(0.025);
		assertThat(beat("a", 1000).get("m/0")).isCloseTo(1 - 0.525, within(0.001));
		beat("c", 0);
		beat("d", 0);
		assertThat(beat("a", 1000).get("m/0")).isCloseTo(0.925, within(0.001));
		this.serving.add("e");
		assertThat(beat("e", 1000).get("m/0")).as("the least part, until a has been told").isEqualTo(0.02);
	}

	@Test
	void dividesAnewWhatAnInstanceHadThatWent() {
		for (int i = 0; i < 10; i++) {
			beat("a", 500);
			beat("b", 500);
		}
		this.serving.removeAll(Set.of("b", "c", "d"));

		assertThat(beat("a", 500).get("m/0")).isCloseTo(1, within(0.001));
	}

	@Test
	void forgetsWhatNobodyWantsAndBoundsWhatAnybodyWants() {
		beat("a", 10);
		this.clock.advance(Duration.ofSeconds(31));
		assertThat(beat("a", 0)).isEmpty();

		List<LimitDemand> many = new ArrayList<>();
		for (int i = 0; i < 1000; i++) {
			many.add(new LimitDemand("m/0|" + i, 1));
		}
		assertThat(this.quotas.shares(new LeaseKey("shop", "a"), beat(many.toArray(LimitDemand[]::new)))).hasSize(200);
	}

	// T93.
	@Test
	void keepsAMeshWideLimitUnderUnevenDemand() {
		List<Node> nodes = List.of(new Node("a", 3000), new Node("b", 400), new Node("c", 60), new Node("d", 0));
		run(nodes, 4);
		long before = nodes.stream().mapToLong((node) -> node.admitted).sum();

		run(nodes, 10);

		assertThat(nodes.stream().mapToLong((node) -> node.admitted).sum() - before).isBetween(9_500L, 10_500L);
	}

	@Test
	void staysWithinTheLimitWhileDemandMovesAndTheRegistryIsAway() {
		List<Node> nodes = List.of(new Node("a", 3000), new Node("b", 0), new Node("c", 0), new Node("d", 0));
		run(nodes, 5);
		nodes.get(0).demand = 0;
		nodes.get(1).demand = 3000;
		long before = nodes.get(1).admitted;
		run(nodes, 10);
		long moved = nodes.get(1).admitted - before;
		nodes.forEach((node) -> node.demand = 3000);
		nodes.forEach((node) -> node.isCutOff = true);
		run(nodes, 11);
		before = nodes.stream().mapToLong((node) -> node.admitted).sum();
		run(nodes, 10);

		assertThat(moved).isBetween(6_000L, 10_500L);
		assertThat(nodes.stream().mapToLong((node) -> node.admitted).sum() - before).isBetween(9_500L, 10_500L);
	}

	private void run(List<Node> nodes, int seconds) {
		for (int milli = 0; milli < seconds * 1000; milli++) {
			this.clock.advance(Duration.ofMillis(1));
			for (int i = 0; i < nodes.size(); i++) {
				if (milli % 1000 == i * 200) {
					nodes.get(i).beat();
				}
				nodes.get(i).arrive();
			}
		}
	}

	private Map<String, Double> beat(String id, double rate) {
		return this.quotas.shares(new LeaseKey("shop", id), beat(new LimitDemand("m/0", rate)));
	}

	private static Beat beat(LimitDemand... demand) {
		return new Beat("p", "127.0.0.1", 80, "http", "v1", "default", null, 100, InstanceStatus.UP, Map.of(), 0,
				List.of(), List.of(), List.of(), List.of(demand));
	}

	/**
	 * An instance of the service under a load of its own.
	 */
	private final class Node {

		private final String id;

		private final TrafficEngine engine = TrafficEngine.builder("shop")
			.clock(QuotasTests.this.clock::getAsLong)
			.build();

		private final InboundGate gate = this.engine.inbound("v1");

		private double demand;

		private double due;

		private long admitted;

		private boolean isCutOff;

		private Node(String id, double demand) {
			this.id = id;
			this.demand = demand;
			List<Instance> all = QuotasTests.this.serving.stream()
				.map((name) -> new Instance(name, "127.0.0.1", 80, "http", "v1", "default", null, 100,
						InstanceStatus.UP, Map.of()))
				.toList();
			this.engine.services()
				.apply(new ServiceSnapshot("A", "shop", 1, false, List.of(), all,
						List.of(MeshJson.readTree(RULE.getBytes(StandardCharsets.UTF_8)))));
		}

		void arrive() {
			this.due += this.demand / 1000;
			while (this.due >= 1) {
				this.due -= 1;
				this.admitted += (this.gate.admit(new AnyRequest()).refusal() == null) ? 1 : 0;
			}
		}

		void beat() {
			List<LimitDemand> demands = this.engine.rateLimits().demand();
			if (!this.isCutOff) {
				this.engine.rateLimits()
					.grant(QuotasTests.this.quotas.shares(new LeaseKey("shop", this.id),
							QuotasTests.beat(demands.toArray(LimitDemand[]::new))));
			}
		}

	}

	private record AnyRequest() implements InboundView {

		@Override
		public String method() {
			return "GET";
		}

		@Override
		public String path() {
			return "/";
		}

		@Override
		public @Nullable String header(String name) {
			return null;
		}

		@Override
		public @Nullable String remoteAddress() {
			return null;
		}

	}

}
