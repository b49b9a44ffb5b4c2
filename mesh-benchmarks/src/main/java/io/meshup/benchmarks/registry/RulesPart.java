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
 * with many that watch everything; while the JVM is young and compiles, and after that.
 * At the end one writer alone, who sends the next when the last is answered.
 */
final class RulesPart {

	private static final int RATE = Integer.getInteger("rate", 1_000);

	private static final int SECONDS = Integer.getInteger("seconds", 60);

	private static final int WARM_UP = Integer.getInteger("warmUpSeconds", 60);

	private static final int ALONE = Integer.getInteger("alone", 2_000);

	private static final int ROUTES = Integer.getInteger("routes", 200);

	private static final String WATCHERS = System.getProperty("watchers", "0,100");

	private final RegistryProcess registry;

	private final Calls calls;

	private Histogram latency = new Histogram(3);

	private final AtomicInteger refused = new AtomicInteger();

	private final AtomicInteger done = new AtomicInteger();

	private String token = RegistryComparison.ADMIN;

	private final Lines lines;

	private RulesPart(RegistryProcess registry, Calls calls, Lines lines) {
		this.registry = registry;
		this.calls = calls;
		this.lines = lines;
	}

	static void run() throws IOException {
		RegistryComparison.row(RATE + " durable rule writes a second of " + ROUTES + " routes", "", "answered a second",
				"p50 (ms)", "p99 (ms)", "max (ms)", "processor of the registry a write (us)",
				"of the load program (us)", "refused", "the last one with all watchers after (ms)",
				"longest stop, most heap before (after) a collection", "memory");
		System.out.println("|---|---|---|---|---|---|---|---|---|---|---|---|");
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
		if (!Boolean.getBoolean("password")) {
			this.token = "Bearer " + token();
		}
		String name = watchers + " watchers of everything";
		measure(name, "first " + WARM_UP + " s of the JVM", watchers, WARM_UP);
		measure(name, "the " + SECONDS + " s after them", watchers, SECONDS);
		alone(name);
	}

	private void measure(String name, String when, int watchers, int seconds) {
		this.latency = new Histogram(3);
		String rule = "n" + System.nanoTime() + "x";
		int total = RATE * seconds;
		Lines.Probe last = this.lines.expect("\"name\":\"" + rule + (total - 1) + "\"", watchers);
		this.registry.stops();
		double cpu = this.registry.processorSeconds();
		double load = own();
		long began = System.nanoTime();
		send(rule, total);
		double took = RegistryComparison.since(began);
		long ended = System.nanoTime();
		RegistryComparison.await(last::isComplete, 60, () -> last.count() + " of " + watchers + " have the last one");
		long after = Arrays.stream(last.arrivals()).map((arrival) -> arrival - ended).max().orElse(0);
		double writes = total / 1e6;
		String[] times = RegistryComparison.percentiles(this.latency);
		RegistryComparison.row(name, when, RegistryComparison.number(total / took), times[0], times[1], times[2],
				RegistryComparison.number((this.registry.processorSeconds() - cpu) / writes),
				RegistryComparison.number((own() - load) / writes), this.refused.toString(),
				RegistryComparison.number(Math.max(0, after) / 1e6), this.registry.stops().toString(),
				this.registry.memory());
	}

	private void send(String rule, int count) {
		this.done.set(0);
		long began = System.nanoTime();
		for (int i = 0; i < count; i++) {
			long due = began + i * (1_000_000_000L / RATE);
			LockSupport.parkNanos(due - System.nanoTime());
			write("ruled-" + (i % ROUTES), rule + i, due);
		}
		RegistryComparison.await(() -> this.done.get() == count, 120, () -> this.done + " answered");
	}

	private void alone(String name) {
		this.latency = new Histogram(3);
		for (int i = 0; i < ALONE; i++) {
			this.done.set(0);
			write("ruled-" + (i % ROUTES), "a" + i, System.nanoTime());
			while (this.done.get() == 0) {
				LockSupport.parkNanos(20_000);
			}
		}
		String[] times = RegistryComparison.percentiles(this.latency);
		RegistryComparison.row(name, "one writer alone, " + ALONE + " times", "", times[0], times[1], times[2]);
	}

	private void write(String service, String rule, long due) {
		this.calls.send("PUT /api/v1/rules/Route/" + service, this.token, RegistryComparison.route(service, rule, 1),
				(status, answer) -> {
					this.latency.recordValue(Math.max(0, (System.nanoTime() - due) / 1_000));
					if (status / 100 != 2) {
						this.refused.incrementAndGet();
					}
					this.done.incrementAndGet();
				});
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
