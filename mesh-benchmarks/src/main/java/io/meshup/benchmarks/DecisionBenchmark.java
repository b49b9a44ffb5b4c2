package io.meshup.benchmarks;

import java.util.concurrent.TimeUnit;

import io.meshup.traffic.OutboundCall;
import io.meshup.traffic.RequestView;
import io.meshup.traffic.Step;
import io.meshup.traffic.TrafficEngine;
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

	/**
	 * How many rules the route has.
	 */
	@Param("20")
	public int rules;

	/**
	 * How many instances the service has.
	 */
	@Param("100")
	public int instances;

	@SuppressWarnings("NullAway.Init")
	private TrafficEngine engine;

	@Setup
	public void fill() {
		this.engine = TrafficEngine.builder("storefront").build();
		this.engine.services().apply(SampleMesh.busy(this.instances, this.rules));
	}

	@Benchmark
	public Step decide() {
		OutboundCall call = this.engine.open(SampleMesh.SERVICE, Request.GET);
		call.begin();
		Step step = call.onHead(200, (name) -> null);
		call.onEnd(null);
		return step;
	}

	private enum Request implements RequestView {

		GET;

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
			return null;
		}

		@Override
		public @Nullable String remoteAddress() {
			return null;
		}

		@Override
		public boolean isReplayable() {
			return true;
		}

	}

}
