package io.meshup.traffic.door;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.meshup.model.Instance;
import io.meshup.model.ServiceSnapshot;
import io.meshup.model.beat.LimitDemand;
import io.meshup.traffic.Arrival;
import io.meshup.traffic.ManualClock;
import io.meshup.traffic.TestMesh;
import io.meshup.traffic.TrafficEngine;
import io.meshup.traffic.event.TrafficListener;
import io.meshup.traffic.step.Step;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests for {@code RateLimits} at the {@link InboundGate}.
 */
class RateLimitsTests {

	private final ManualClock clock = new ManualClock();

	private final List<String> refusals = new ArrayList<>();

	private final TrafficEngine engine = TrafficEngine.builder("orders")
		.clock(this.clock)
		.listener(new TrafficListener() {
			@Override
			public void onRefused(String reason) {
				RateLimitsTests.this.refusals.add(reason);
			}
		})
		.build();

	private final InboundGate gate = this.engine.inbound("v1");

	private long revision = 1;

	@Test
	void letsEverythingInWithoutARule() {
		assertThat(admitted(Arrival.of("/"), 1000)).isEqualTo(1000);
	}

	@Test
	void answers429WithWhenAndWhyAndWhatToDo() {
		rules(rule("all", "{'requests':1,'period':'10s'}"));
		assertThat(admitted(Arrival.of("/"), 1)).isEqualTo(1);
		this.clock.advanceMillis(500);

		Step.Reply refusal = this.gate.admit(Arrival.of("/")).refusal();

		assertThat(refusal).isNotNull();
		assertThat(refusal.status()).isEqualTo(429);
		assertThat(refusal.headers()).containsEntry("x-mesh-reason", "rate-limited")
			.containsEntry("retry-after", "10")
			.containsEntry("content-type", "application/problem+json");
		assertThat(new String(refusal.body(), StandardCharsets.UTF_8)).contains("Too Many Requests",
				"limits[0] of 'RateLimit/all'", "1 requests in 10s", "Send again in 10 s");
		assertThat(this.refusals).containsExactly("rate-limited");
	}

	@Test
	void givesEachCallerItsOwnAllowance() {
		rules(rule("r", "{'requests':2,'per':'source'}"));

		assertThat(admitted(Arrival.of("/", "x-mesh-source", "storefront"), 5)).isEqualTo(2);
		assertThat(admitted(Arrival.of("/", "x-mesh-source", "payments"), 5)).isEqualTo(2);
		assertThat(admitted(Arrival.of("/"), 5)).isEqualTo(2);
	}

	@Test
	void givesEachHeaderValueAndAddressItsOwnAllowance() {
		rules(rule("h", "{'requests':2,'per':'header:x-key'}"), rule("i", "{'requests':3,'per':'ip'}"));

		assertThat(admitted(Arrival.of("/", "x-key", "a"), 5)).isEqualTo(2);
		assertThat(admitted(Arrival.of("/", "x-key", "b"), 5)).as("what the address has left").isEqualTo(1);
		assertThat(admitted(Arrival.from("10.0.0.2"), 5)).as("all without the header together").isEqualTo(2);
	}

	@Test
	void countsOnlyWhatMatches() {
		rules(rule("r", "{'requests':1,'match':{'path':{'value':'/orders'},'method':'GET',"
				+ "'headers':[{'name':'x-beta','value':'1'}]}}"));

		assertThat(admitted(Arrival.of("/orders/7", "x-beta", "1"), 3)).isEqualTo(1);
		assertThat(admitted(Arrival.of("/orders/7"), 3)).isEqualTo(3);
		assertThat(admitted(Arrival.of("/ordersx", "x-beta", "1"), 3)).isEqualTo(3);
	}

	@Test
	void usesUpNothingOfOtherLimitsForARefusedRequest() {
		rules(rule("a-all", "{'requests':10}"), rule("b-each", "{'requests':2,'per':'source'}"));

		assertThat(admitted(Arrival.of("/", "x-mesh-source", "greedy"), 100)).isEqualTo(2);
		assertThat(admitted(Arrival.of("/", "x-mesh-source", "modest"), 2)).isEqualTo(2);
	}

	@Test
	void remembersWhatWasUsedWhenTheRuleChangesAndKeepsTheLastGoodOne() {
		rules(rule("r", "{'requests':3,'period':'10s'}"), rule("other", "{'requests':100}"));
		assertThat(admitted(Arrival.of("/"), 9)).isEqualTo(3);

		rules(rule("r", "{'requests':5,'period':'10s'}"), rule("other", "{'requests':100}"));
		assertThat(admitted(Arrival.of("/"), 9)).isEqualTo(2);

		rules(rule("r", "{'requests':0}"), rule("other", "{'requests':100}"));
		this.clock.advanceMillis(30_000);
		assertThat(this.engine.services().rejected()).extracting("rule").containsExactly("RateLimit/r");
		assertThat(admitted(Arrival.of("/"), 9)).isEqualTo(5);

		rules();
		assertThat(admitted(Arrival.of("/"), 9)).isEqualTo(9);
	}

	@Test
	void sharesAMeshWideLimitEquallyUntilTheRegistrySaysOtherwise() {
		rules(List.of("a", "b", "c", "d"), rule("m", "{'requests':100,'scope':'mesh'}"));
		assertThat(admitted(Arrival.of("/"), 200)).isEqualTo(25);
		this.clock.advanceMillis(1000);

		assertThat(this.engine.rateLimits().demand()).singleElement().satisfies((demand) -> {
			assertThat(demand.limit()).isEqualTo("m/0");
			assertThat(demand.rate()).isCloseTo(200, within(0.1));
		});
		this.clock.advanceMillis(2000);
		this.engine.rateLimits().grant(Map.of("m/0", 0.7));
		assertThat(admitted(Arrival.of("/"), 200)).isEqualTo(70);

		this.clock.advanceMillis(10_001);
		assertThat(admitted(Arrival.of("/"), 200)).as("the registry is away").isEqualTo(25);
	}

	@Test
	void asksForTheSharesThatAreWantedMost() {
		rules(rule("m", "{'requests':100,'scope':'mesh','per':'source'}"));
		for (int i = 0; i < 500; i++) {
			admitted(Arrival.of("/", "x-mesh-source", "s" + i), (i == 321) ? 50 : 1);
		}
		this.clock.advanceMillis(1000);

		List<LimitDemand> demand = this.engine.rateLimits().demand();
		assertThat(demand).hasSize(100);
		assertThat(demand.get(0).limit()).isEqualTo("m/0|s321");
		this.clock.advanceMillis(31_000);
		assertThat(this.engine.rateLimits().demand()).isEmpty();
	}

	@Test
	void refusesWhatItCannotWorkOnAndLetsInAgainWhenWorkIsDone() {
		InboundGate narrow = this.engine.inbound("v1", () -> "", 1, 1);
		Admission first = narrow.admit(Arrival.of("/"));
		Admission second = narrow.admit(Arrival.of("/"));

		assertThat(first.refusal()).isNull();
		assertThat(second.refusal()).isNotNull().satisfies((refusal) -> {
			assertThat(refusal.status()).isEqualTo(503);
			assertThat(refusal.headers()).containsEntry("x-mesh-reason", "overloaded")
				.containsEntry("retry-after", "1");
		});
		second.onEnd(503);
		assertThat(narrow.admit(Arrival.of("/")).refusal()).isNotNull();
		first.onEnd(200);
		assertThat(narrow.admit(Arrival.of("/")).refusal()).isNull();
		assertThat(narrow.concurrencyLimit()).isEqualTo(1);
	}

	private int admitted(Arrival request, int times) {
		int admitted = 0;
		for (int i = 0; i < times; i++) {
			Admission admission = this.gate.admit(request);
			admission.onEnd(200);
			admitted += (admission.refusal() == null) ? 1 : 0;
		}
		return admitted;
	}

	private static JsonNode rule(String name, String limits) {
		return TestMesh.document(("{'apiVersion':'meshup.io/v1','kind':'RateLimit','metadata':{'name':'" + name
				+ "','revision':3},'spec':{'service':'orders','limits':[" + limits + "]}}")
			.replace('\'', '"'));
	}

	private void rules(JsonNode... rules) {
		rules(List.of(), rules);
	}

	private void rules(List<String> ids, JsonNode... rules) {
		List<Instance> instances = ids.stream().map((id) -> TestMesh.instance(id, "v1")).toList();
		this.engine.services()
			.apply(new ServiceSnapshot("A", "orders", this.revision++, false, List.of(), instances, List.of(rules)));
	}

}
