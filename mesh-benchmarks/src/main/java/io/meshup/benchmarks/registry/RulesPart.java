package io.meshup.benchmarks.registry;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import org.HdrHistogram.Histogram;

/**
 * Durable rule writes at a fixed rate, as a pipeline sends them: with an API token, over
 * kept connections, each answered after its commit is on disk. Without a watcher, and
 * with many that watch everything.
 */
final class RulesPart {

	private static final int RATE = Integer.getInteger("rate", 1_000);

	private static final int SECONDS = Integer.getInteger("seconds", 60);

	private static final int WARM_UP = Integer.getInteger("warmUpWrites", 20_000);

	private static final int ROUTES = Integer.getInteger("routes", 200);

	private static final String WATCHERS = System.getProperty("watchers", "0,100");

	private final RegistryProcess registry;

	private final Calls calls;

	private final Histogram latency = new Histogram(3);

	private final AtomicInteger refused = new AtomicInteger();

	private final AtomicInteger done = new AtomicInteger();

	private final Lines lines;

	private RulesPart(RegistryProcess registry, Calls calls, Lines lines) {
		this.registry = registry;
		this.calls = calls;
		this.lines = lines;
	}

	static void run() throws IOException {
		System.out.println("| " + RATE + " durable rule writes a second of " + ROUTES + " routes for " + SECONDS
				+ " s | answered a second | p50 (ms) | p99 (ms) | max (ms) | processor of the registry a write (us) | of the load program (us) | refused | the last one with all watchers after (ms) | memory before | after |");
		System.out.println("|---|---|---|---|---|---|---|---|---|---|---|");
		for (String watchers : WATCHERS.split(",")) {
			run(Integer.parseInt(watchers));
		}
	}

	private static void run(int watchers) throws IOException {
		try (RegistryProcess registry = RegistryComparison.fresh();
				Lines lines = new Lines(registry.port(), RegistryProcess.TOKEN);
				Calls calls = new Calls(registry.port(), 64)) {
			for (int i = 0; i < watchers; i++) {
				lines.add("services=*&deltas=true");
			}
			RegistryComparison.await(() -> lines.open() == watchers, 60, () -> lines.open() + " lines");
			new RulesPart(registry, calls, lines).measure(watchers);
		}
	}

	private void measure(int watchers) {
		String token = Boolean.getBoolean("password") ? RegistryComparison.ADMIN : "Bearer " + token();
		send(token, WARM_UP, false);
		String before = this.registry.memory();
		int total = RATE * SECONDS;
		Lines.Probe last = this.lines.expect("\"name\":\"n" + (total - 1) + "\"", watchers);
		double cpu = this.registry.processorSeconds();
		double load = own();
		long began = System.nanoTime();
		send(token, total, true);
		double seconds = RegistryComparison.since(began);
		long ended = System.nanoTime();
		RegistryComparison.await(last::isComplete, 60, () -> last.count() + " of " + watchers + " have the last one");
		long after = Arrays.stream(last.arrivals()).map((arrival) -> arrival - ended).max().orElse(0);
		double writes = total / 1e6;
		String[] times = RegistryComparison.percentiles(this.latency);
		RegistryComparison.row(watchers + " watchers of everything", RegistryComparison.number(total / seconds),
				times[0], times[1], times[2],
				RegistryComparison.number((this.registry.processorSeconds() - cpu) / writes),
				RegistryComparison.number((own() - load) / writes), this.refused.toString(),
				RegistryComparison.number(Math.max(0, after) / 1e6), before, this.registry.memory());
	}

	private void send(String authorization, int count, boolean counts) {
		this.done.set(0);
		long began = System.nanoTime();
		for (int i = 0; i < count; i++) {
			long due = began + i * (1_000_000_000L / RATE);
			LockSupport.parkNanos(due - System.nanoTime());
			String service = "ruled-" + (i % ROUTES);
			String rule = (counts ? "n" : "w") + i;
			this.calls.send("PUT /api/v1/rules/Route/" + service, authorization,
					RegistryComparison.route(service, rule, 1), (status, answer) -> {
						if (counts) {
							this.latency.recordValue(Math.max(0, (System.nanoTime() - due) / 1_000));
						}
						if (status / 100 != 2) {
							this.refused.incrementAndGet();
						}
						this.done.incrementAndGet();
					});
		}
		RegistryComparison.await(() -> this.done.get() == count, 120, () -> this.done + " answered");
	}

	private String token() {
		CompletableFuture<String> made = new CompletableFuture<>();
		this.calls.send("POST /api/v1/tokens", RegistryComparison.ADMIN,
				"{\"name\":\"pipeline\",\"role\":\"operator\"}", (status, answer) -> made.complete(answer));
		String answer = made.orTimeout(30, TimeUnit.SECONDS).join();
		String[] parts = answer.split("\"token\":\"", 2);
		if (parts.length != 2) {
			throw new IllegalStateException("no token but: " + answer);
		}
		return parts[1].substring(0, parts[1].indexOf('"'));
	}

	private static double own() {
		return ProcessHandle.current().info().totalCpuDuration().map((time) -> time.toMillis() / 1000.0).orElse(-1.0);
	}

}
