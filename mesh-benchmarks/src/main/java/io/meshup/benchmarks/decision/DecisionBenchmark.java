package io.meshup.benchmarks.decision;

import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.meshup.model.ServiceSnapshot;
import io.meshup.traffic.OutboundCall;
import io.meshup.traffic.TrafficEngine;
import io.meshup.traffic.door.Admission;
import io.meshup.traffic.door.InboundGate;
import io.meshup.traffic.request.CallContext;
import io.meshup.traffic.request.InboundView;
import io.meshup.traffic.request.MeshHeaders;
import io.meshup.traffic.request.RequestView;
import io.meshup.traffic.step.Step;
import io.meshup.traffic.table.ServiceTable;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The engine's whole decision: match, split, pick, record the start, the head and the
 * end.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@Threads(1)
public class DecisionBenchmark {

	private static final int INSTANCES = 100;

	/**
	 * What is loaded.
	 */
	@Param
	public Loaded loaded = Loaded.RULES_20;

	@SuppressWarnings("NullAway.Init")
	private TrafficEngine engine;

	@SuppressWarnings("NullAway.Init")
	private InboundGate gate;

	private final Asked first = new Asked(CallContext.NONE);

	@SuppressWarnings("NullAway.Init")
	private Asked next;

	@Setup
	public void fill() {
		this.engine = TrafficEngine.builder(SampleMesh.DOOR)
			.table(ServiceTable.builder().zone("zone-0").build())
			.build();
		this.engine.services().apply(SampleMesh.limited());
		this.gate = this.engine.inbound("v1");
		this.next = new Asked(this.gate.admit(this.first).context());
		IntStream.range(1, this.loaded.routes)
			.forEach((i) -> this.engine.services().apply(SampleMesh.small("service-" + i)));
		ServiceSnapshot snapshot = (this.loaded == Loaded.ALL_FEATURES) ? SampleMesh.full(INSTANCES)
				: SampleMesh.busy(INSTANCES, this.loaded.rules);
		long start = System.nanoTime();
		this.engine.services().apply(snapshot);
		System.out.printf("%d rules put in force after %d ms%n", this.loaded.rules,
				TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
	}

	/**
	 * One call that answers no request.
	 * @return its last step
	 */
	@Benchmark
	public Step decide() {
		return decide(this.first);
	}

	/**
	 * One call of those that are made to answer a request, which brought along over how
	 * many services it came and the hash of its user.
	 * @return its last step
	 */
	@Benchmark
	public Step decideWhileServing() {
		return decide(this.next);
	}

	private Step decide(RequestView request) {
		OutboundCall call = this.engine.open(SampleMesh.SERVICE, request);
		call.begin();
		Step step = call.onHead(200, (name) -> null);
		call.onEnd(null);
		return step;
	}

	/**
	 * One request at the door of a service with three limits.
	 * @return what the door said
	 */
	@Benchmark
	public Admission admit() {
		Admission admission = this.gate.admit(this.first);
		admission.onEnd(200);
		return admission;
	}

	/**
	 * How many rules the called service's route has, and how many services have a route.
	 */
	public enum Loaded {

		/** An ordinary service. */
		RULES_20(20, 1),

		/** The same with every feature that decides. */
		ALL_FEATURES(20, 1),

		/** One service of very many rules. */
		RULES_10000(10_000, 1),

		/** Very many services. */
		ROUTES_10000(20, 10_000);

		private final int rules;

		private final int routes;

		Loaded(int rules, int routes) {
			this.rules = rules;
			this.routes = routes;
		}

	}

	/**
	 * A request, on its way in or out.
	 *
	 * @param context what the request being served brought along
	 */
	private record Asked(CallContext context) implements RequestView, InboundView {

		@Override
		public String method() {
			return "GET";
		}

		@Override
		public String path() {
			return "/items/42";
		}

		@Override
		public @Nullable String queryParam(String name) {
			return null;
		}

		@Override
		public @Nullable String header(String name) {
			return switch (name) {
				case "x-user" -> "user-7";
				case MeshHeaders.SOURCE -> "checkout";
				default -> null;
			};
		}

		@Override
		public @Nullable String remoteAddress() {
			return "127.0.0.1";
		}

		@Override
		public boolean isReplayable() {
			return true;
		}

	}

}
