package io.meshup.traffic;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.meshup.model.Instance;
import io.meshup.model.ServiceSnapshot;
import io.meshup.model.beat.EdgeTotals;
import io.meshup.traffic.step.FailureKind;
import io.meshup.traffic.step.Step;
import io.meshup.traffic.table.ServiceView;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many threads call and cancel while the table is swapped: nothing leaks, nothing is
 * counted twice.
 */
class ConcurrentCallsTests {

	private static final int THREADS = 16;

	private static final int CALLS = 4_000;

	private final TrafficEngine engine = TrafficEngine.builder("storefront").build();

	@Test
	void leaksNothingWhileTheTableIsSwapped() throws Exception {
		JsonNode[] rules = { TestMesh.policy("\"circuitBreaker\":{\"minimumCalls\":50,\"openDuration\":\"1ms\"}"),
				TestMesh.route("{\"retry\":{\"attempts\":2,\"codes\":[503],\"backoff\":\"0s\"}}") };
		apply(1, 5, rules);
		ExecutorService pool = Executors.newFixedThreadPool(THREADS);
		List<Future<Long>> sent = new ArrayList<>();
		for (int t = 0; t < THREADS; t++) {
			long seed = t;
			sent.add(pool.submit(() -> drive(new SplittableRandom(seed))));
		}
		for (int revision = 2; revision < 200; revision++) {
			apply(revision, 3 + revision % 3, rules);
		}
		apply(200, 5, rules);
		long attempts = 0;
		for (Future<Long> one : sent) {
			attempts += one.get(60, TimeUnit.SECONDS);
		}
		pool.shutdownNow();

		assertThat(this.engine.edges().changes().stream().mapToLong(EdgeTotals::requests).sum()).isEqualTo(attempts);
		ServiceView view = this.engine.services().view("inventory");
		assertThat(view.state().health().members(view.instances(), 0))
			.allSatisfy((member) -> assertThat(member.health().inFlight()).isZero());
	}

	private long drive(SplittableRandom random) {
		long sent = 0;
		for (int i = 0; i < CALLS; i++) {
			OutboundCall call = this.engine.open("inventory", TestRequest.get("/"));
			Step step = call.begin();
			while (step instanceof Step.Send) {
				sent++;
				step = switch (random.nextInt(5)) {
					case 0 -> call.onHead(503, (name) -> null);
					case 1 -> call.onFailure(new IOException("reset"), FailureKind.RESET);
					case 2 -> {
						call.cancel();
						yield Step.Deliver.PLAIN;
					}
					default -> call.onHead(200, (name) -> null);
				};
				step = (step instanceof Step.Wait) ? call.resume() : step;
			}
			call.onEnd(null);
		}
		return sent;
	}

	private void apply(long revision, int size, JsonNode... rules) {
		List<Instance> instances = new ArrayList<>();
		for (int i = 0; i < size; i++) {
			instances.add(TestMesh.instance("i" + i, "v" + i % 2));
		}
		this.engine.services()
			.apply(new ServiceSnapshot("A", "inventory", revision, false, List.of(), instances, List.of(rules)));
	}

}
