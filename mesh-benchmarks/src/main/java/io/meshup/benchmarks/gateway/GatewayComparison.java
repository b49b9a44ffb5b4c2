package io.meshup.benchmarks.gateway;

import java.io.File;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.meshup.benchmarks.server.Backend;
import io.meshup.benchmarks.server.Contestant;
import io.meshup.benchmarks.server.JavaServer;
import io.meshup.benchmarks.server.NativeProxy;
import org.HdrHistogram.Histogram;

/**
 * Gateways side by side under a closed loop: each round gives each of them a turn, so
 * that a noisy machine is noisy for all. Only one of them works at a time; the others
 * wait.
 */
public final class GatewayComparison {

	private static final int CONNECTIONS = 32;

	private static final int ROUNDS = Integer.getInteger("rounds", 8);

	private static final Duration WARM_UP = Duration.ofMillis(Integer.getInteger("warmUp", 10_000));

	private static final Duration SETTLING = Duration.ofMillis(200);

	private static final Duration TURN = Duration.ofMillis(Integer.getInteger("turn", 2_000));

	private final LoadGenerator load = new LoadGenerator(CONNECTIONS, "/inventory/items/42");

	private final Map<String, Contestant> contestants = new LinkedHashMap<>();

	private final Map<String, List<Turn>> turns = new LinkedHashMap<>();

	private final Contestant backend;

	private GatewayComparison(Contestant backend) {
		this.backend = backend;
	}

	public static void main(String[] args) {
		try (JavaServer backend = Backend.start()) {
			GatewayComparison comparison = new GatewayComparison(backend);
			try {
				comparison.enter(backend.port(), List.of(args));
				comparison.run();
				comparison.print();
			}
			finally {
				comparison.contestants.values().forEach(Contestant::close);
			}
		}
	}

	private void enter(int backend, List<String> wanted) {
		String port = String.valueOf(backend);
		String plain = JavaServer
			.classPath((name) -> !name.startsWith("mesh-") && !name.contains("webmvc") && !name.contains("tomcat"));
		String ours = String.join(File.pathSeparator, "target/gateway/mesh-gateway.jar", "target/gateway/lib/*",
				"target/classes");
		if (wanted.isEmpty() || wanted.contains("plain")) {
			this.contestants.put("plain Spring Cloud Gateway", JavaServer.start(plain, PlainGateway.class, port));
		}
		if (wanted.isEmpty() || wanted.contains("mesh")) {
			this.contestants.put("Mesh Up gateway", JavaServer.start(ours, MeshGateway.class, port));
		}
		if (wanted.isEmpty() || wanted.contains("netty")) {
			this.contestants.put("bare Reactor Netty", JavaServer.start(plain, NettyProxy.class, port));
		}
		if (wanted.isEmpty() || wanted.contains("native")) {
			int cores = Runtime.getRuntime().availableProcessors();
			NativeProxy.haproxy(backend, cores).ifPresent((proxy) -> this.contestants.put("HAProxy", proxy));
			NativeProxy.nginx(backend, cores).ifPresent((proxy) -> this.contestants.put("nginx", proxy));
		}
	}

	private void run() {
		this.contestants.values()
			.forEach((contestant) -> this.load.run(contestant.port(), contestant.warmUp(WARM_UP), new Histogram(3)));
		for (int round = 0; round < ROUNDS; round++) {
			this.contestants.forEach((name, contestant) -> this.turns.computeIfAbsent(name, (any) -> new ArrayList<>())
				.add(turn(contestant)));
		}
	}

	private Turn turn(Contestant contestant) {
		this.load.run(contestant.port(), SETTLING, new Histogram(3));
		Histogram nanos = new Histogram(3);
		Duration before = contestant.cpu();
		Duration backendBefore = this.backend.cpu();
		Duration ownBefore = own();
		double rate = this.load.run(contestant.port(), TURN, nanos);
		double answers = nanos.getTotalCount();
		return new Turn(rate, nanos.getValueAtPercentile(50) / 1e3, nanos.getValueAtPercentile(99) / 1e3,
				micros(before, contestant.cpu()) / answers, micros(backendBefore, this.backend.cpu()) / answers,
				micros(ownBefore, own()) / answers);
	}

	private static Duration own() {
		return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
	}

	private static double micros(Duration before, Duration after) {
		return after.minus(before).toNanos() / 1e3;
	}

	private void print() {
		System.out.printf(
				"%n%d connections, closed loop; medians of %d turns of %d ms; ratios are medians of a round's%n",
				CONNECTIONS, ROUNDS, TURN.toMillis());
		System.out.printf("%n| | requests/s | p50 (us) | p99 (us) | CPU per request (us) | of the backend "
				+ "| of the load | throughput to the first | p99 to the first |%n|---|---|---|---|---|---|---|---|---|%n");
		List<Turn> first = this.turns.values().iterator().next();
		this.turns.forEach((name, own) -> System.out.printf(
				"| %s | %.0f | %.0f | %.0f | %.1f | %.1f | %.1f | %.2f | %.2f |%n", name, Turn.median(own, Turn::rate),
				Turn.median(own, Turn::p50), Turn.median(own, Turn::p99), Turn.median(own, Turn::cpu),
				Turn.median(own, Turn::backendCpu), Turn.median(own, Turn::loadCpu),
				Turn.medianRatio(own, first, Turn::rate), Turn.medianRatio(own, first, Turn::p99)));
	}

}
