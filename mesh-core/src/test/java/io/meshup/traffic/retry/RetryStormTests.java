package io.meshup.traffic.retry;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.meshup.model.ServiceSnapshot;
import io.meshup.traffic.ManualClock;
import io.meshup.traffic.OutboundCall;
import io.meshup.traffic.ServedRequest;
import io.meshup.traffic.TestMesh;
import io.meshup.traffic.TrafficEngine;
import io.meshup.traffic.request.InboundView;
import io.meshup.traffic.request.MeshHeaders;
import io.meshup.traffic.step.Step;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * T89: three services in a row, each of which is called with up to three retries. When
 * the last one fails, without any limit it gets 64 times its load.
 */
class RetryStormTests {

	private static final int PER_SECOND = 200;

	private static final String RETRY = "{\"retry\":{\"attempts\":3,\"codes\":[500,503],\"backoff\":\"0s\"}}";

	private static final String BREAKER = ",\"circuitBreaker\":{\"openDuration\":\"2s\"}";

	private final ManualClock clock = new ManualClock();

	private boolean broken;

	private int atTheBottom;

	// Only the hop next to the failure adds its fifth, because it tells the others.
	@Test
	void addsOneBudgetForTheWholeChainWithoutBreakers() {
		double load = loadWhileBroken(chain(""));

		System.out.printf("T89: %.2f times the load at the bottom without breakers%n", load);
		assertThat(load).isLessThanOrEqualTo(1.2 + 0.01);
	}

	@Test
	void takesLoadAwayWithBreakersAndRecoversSoon() {
		Tier client = chain(BREAKER);
		double load = loadWhileBroken(client);
		System.out.printf("T89: %.2f times the load at the bottom with breakers%n", load);
		assertThat(load).isLessThanOrEqualTo(1.2);

		this.broken = false;
		run(client, 5);
		assertThat(run(client, 5)).as("calls that fail from five seconds after it is well").isZero();
	}

	private double loadWhileBroken(Tier client) {
		run(client, 20);
		this.broken = true;
		this.atTheBottom = 0;
		run(client, 20);
		return this.atTheBottom / (20.0 * PER_SECOND);
	}

	// How many calls failed.
	private int run(Tier client, int seconds) {
		int failed = 0;
		for (int i = 0; i < seconds * PER_SECOND; i++) {
			this.clock.advanceMillis(1_000 / PER_SECOND);
			failed += (client.serve(new Door()) >= 500) ? 1 : 0;
		}
		return failed;
	}

	private Tier chain(String policy) {
		Tier bottom = new Tier(null, "");
		Tier middle = new Tier(bottom, policy);
		return new Tier(new Tier(middle, policy), policy);
	}

	/**
	 * A service that calls the next one to answer, through an engine of its own.
	 */
	private final class Tier {

		private final TrafficEngine engine = TrafficEngine.builder("tier").clock(RetryStormTests.this.clock).build();

		private final @Nullable Tier next;

		private Tier(@Nullable Tier next, String policy) {
			this.next = next;
			JsonNode budget = TestMesh.policy("\"retryBudget\":{\"percent\":20,\"minPerSecond\":0}" + policy);
			this.engine.services()
				.apply(new ServiceSnapshot("A", TestMesh.SERVICE, 1, false, List.of(),
						List.of(TestMesh.instance("a", "v1"), TestMesh.instance("b", "v1")),
						List.of(TestMesh.route(RETRY), budget)));
		}

		private int serve(Door door) {
			if (this.next == null) {
				RetryStormTests.this.atTheBottom++;
				return RetryStormTests.this.broken ? 500 : 200;
			}
			OutboundCall call = this.engine.open(TestMesh.SERVICE,
					ServedRequest.get(this.engine.inbound("v1").admit(door).context(), "x-none", ""));
			Step step = call.begin();
			int status = 503;
			while (step instanceof Step.Send) {
				Door asked = new Door();
				status = this.next.serve(asked);
				step = call.onHead(status, asked.answer::get);
			}
			call.onEnd(null);
			return (step instanceof Step.Deliver && status < 500) ? status : 500;
		}

	}

	/**
	 * A request that one tier makes of the next, and the headers of its answer.
	 */
	private static final class Door implements InboundView {

		private final Map<String, String> answer = new HashMap<>();

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
			return name.equals(MeshHeaders.SOURCE) ? "tier" : null;
		}

		@Override
		public @Nullable String remoteAddress() {
			return null;
		}

		@Override
		public void answerWith(String name, String value) {
			this.answer.put(name, value);
		}

	}

}
