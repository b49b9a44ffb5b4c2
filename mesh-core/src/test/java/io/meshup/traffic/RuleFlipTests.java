package io.meshup.traffic;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.meshup.model.Instance;
import io.meshup.model.ServiceSnapshot;
import io.meshup.traffic.step.Step;
import io.meshup.traffic.table.ServiceView;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * T66: the rules of one service change together. What holds for several services changes
 * service by service, in the order of the revisions.
 */
class RuleFlipTests {

	private static final int FLIPS = 1_000;

	private final TrafficEngine engine = TrafficEngine.builder("storefront").build();

	@Test
	void showsNoCallHalfOfAChange() throws Exception {
		flip(0);
		AtomicBoolean done = new AtomicBoolean();
		ExecutorService callers = Executors.newFixedThreadPool(2);
		List<Future<Long>> seen = new ArrayList<>();
		for (int i = 0; i < 2; i++) {
			seen.add(callers.submit(() -> call(done)));
		}

		for (int i = 1; i <= FLIPS; i++) {
			flip(i);
		}
		done.set(true);
		callers.shutdown();

		long calls = 0;
		for (Future<Long> each : seen) {
			calls += each.get(30, TimeUnit.SECONDS);
		}
		assertThat(calls).isPositive();
	}

	// Even revisions: v1, 100 s, panic below 10 %; odd ones: v2, 200 s, panic below 20 %.
	private long call(AtomicBoolean done) {
		long calls = 0;
		while (!done.get()) {
			ServiceView view = this.engine.services().view(TestMesh.SERVICE);
			long policy = view.policy().panicThresholdPercent() / 10;
			long route = view.route().orElseThrow().rules().get(0).timeouts().request().toSeconds() / 100;
			assertThat(policy).as("the policy's half against the route's").isEqualTo(route);

			OutboundCall call = this.engine.open(TestMesh.SERVICE, TestRequest.get("/"));
			Step.Send send = (Step.Send) call.begin();
			String version = (send.timeout().toSeconds() > 100) ? "v2" : "v1";
			assertThat(send.instance().version()).as("the version of the rule whose timeout it has").isEqualTo(version);
			call.onHead(200, (name) -> null);
			call.onEnd(null);
			calls++;
		}
		return calls;
	}

	private void flip(int revision) {
		int half = 1 + revision % 2;
		JsonNode route = TestMesh.route(
				"{\"backendRefs\":[{\"version\":\"v" + half + "\"}],\"timeouts\":{\"request\":\"" + half + "00s\"}}");
		JsonNode policy = TestMesh.policy("\"panicThresholdPercent\":" + half + "0");
		List<Instance> instances = List.of(TestMesh.instance("a", "v1"), TestMesh.instance("b", "v2"));
		this.engine.services()
			.apply(new ServiceSnapshot("A", TestMesh.SERVICE, revision + 1, false, List.of(), instances,
					List.of(route, policy)));
	}

}
