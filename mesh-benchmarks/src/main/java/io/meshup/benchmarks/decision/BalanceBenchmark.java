package io.meshup.benchmarks.decision;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import io.meshup.balance.InstancePool;
import io.meshup.balance.Tried;
import io.meshup.balance.health.Member;
import io.meshup.balance.health.PoolRules;
import io.meshup.balance.health.ServiceHealth;
import io.meshup.model.MeshJson;
import io.meshup.model.StableHash;
import io.meshup.model.rule.RuleReader;
import io.meshup.model.rule.TrafficPolicy;
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
 * The choice among 100 instances and the record of its answer, with every policy of
 * balancing on: by each algorithm, while all are in, or while one is left out.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
@Threads(1)
public class BalanceBenchmark {

	private static final String POLICY = """
			{"kind":"TrafficPolicy","metadata":{"name":"p"},"spec":{"service":"inventory",
			 "loadBalancer":{"algorithm":"%s"},"outlierDetection":{"successRateBelow":80}}}""";

	private static final long KEY = StableHash.of("user-7");

	/**
	 * How one is picked.
	 */
	@Param({ "least-request", "peak-ewma", "round-robin", "random", "ring-hash" })
	public String algorithm = "least-request";

	/**
	 * Whether an instance is left out.
	 */
	@Param({ "0", "1" })
	public int out;

	private final ServiceHealth health = new ServiceHealth();

	@SuppressWarnings("NullAway.Init")
	private InstancePool pool;

	@SuppressWarnings("NullAway.Init")
	private TrafficPolicy policy;

	@Setup
	public void fill() {
		this.policy = (TrafficPolicy) RuleReader
			.read(MeshJson.readTree(POLICY.formatted(this.algorithm).getBytes(StandardCharsets.UTF_8)));
		List<Member> members = this.health.members(SampleMesh.busy(100, 1).instances(), System.nanoTime());
		this.pool = new InstancePool("inventory", members, this.health, PoolRules.of(this.policy, "default"));
		long later = System.nanoTime() + TimeUnit.HOURS.toNanos(1);
		for (int i = 0; i < this.out; i++) {
			this.health.onRefused(members.get(i).health(), this.policy.outlierDetection(), later);
		}
	}

	@Benchmark
	public @Nullable Member pick() {
		long now = System.nanoTime();
		Member picked = this.pool.pick(Tried.NONE, KEY, now, ThreadLocalRandom.current());
		if (picked != null) {
			picked.health().onSend();
			picked.health().onLatency(1_000_000, now);
			this.health.onSuccess(picked.health(), this.policy.outlierDetection(), now);
			picked.health().onEnd();
		}
		return picked;
	}

}
