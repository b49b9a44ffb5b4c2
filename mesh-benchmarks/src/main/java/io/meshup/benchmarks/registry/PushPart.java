package io.meshup.benchmarks.registry;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

import org.HdrHistogram.Histogram;

/**
 * How long it takes from a request until what it changed is in the socket of each
 * watcher: a new instance, and a rule.
 */
final class PushPart {

	private static final int ROUNDS = Integer.getInteger("rounds", 50);

	private static final int WARM_UP = Integer.getInteger("warmUpRounds", 150);

	private final RegistryProcess registry;

	private final Lines lines;

	private final Calls calls;

	private final int watchers;

	private final Histogram instances = new Histogram(3);

	private final Histogram rules = new Histogram(3);

	private PushPart(RegistryProcess registry, Lines lines, Calls calls, int watchers) {
		this.registry = registry;
		this.lines = lines;
		this.calls = calls;
		this.watchers = watchers;
	}

	static void run(int[] sizes) throws IOException {
		RegistryComparison.row("watchers of a service, " + ROUNDS + " times after " + WARM_UP, "", "p50 (ms)",
				"p99 (ms)", "max (ms)", "memory");
		System.out.println("|---|---|---|---|---|---|");
		for (int size : sizes) {
			run(size);
		}
	}

	private static void run(int watchers) throws IOException {
		try (RegistryProcess registry = RegistryComparison.fresh();
				Lines lines = new Lines(registry.port(), RegistryProcess.TOKEN);
				Calls calls = new Calls(registry.port(), 8)) {
			for (int i = 0; i < watchers; i++) {
				lines.add("instance=caller-" + (i % 50) + "/c" + i
						+ "&incarnation=c&services=probe&deltas=true&names=true");
			}
			RegistryComparison.await(() -> lines.open() == watchers, 60, () -> lines.open() + " lines");
			new PushPart(registry, lines, calls, watchers).measure();
		}
	}

	private void measure() {
		for (int round = -WARM_UP; round < ROUNDS; round++) {
			String id = "probe-" + (round + 1_000) + "-x";
			push((round < 0) ? new Histogram(3) : this.instances,
					new Push("\"id\":\"" + id + "\"", "PUT /api/v1/services/probe/instances/" + id,
							RegistryComparison.JOIN, RegistryComparison.instance(round)));
			// Else it would turn suspect in the middle of a later round.
			this.calls.send("DELETE /api/v1/services/probe/instances/" + id, RegistryComparison.JOIN, "",
					(status, answer) -> {
					});
			RegistryComparison.pause(50);
			String name = "w" + (round + 1_000) + "x";
			push((round < 0) ? new Histogram(3) : this.rules,
					new Push("\"name\":\"" + name + "\"", "PUT /api/v1/rules/Route/probe", RegistryComparison.ADMIN,
							RegistryComparison.route("probe", name, 1)));
		}
		print("registration to visible", this.instances);
		print("rule change to arrived", this.rules);
	}

	private void print(String what, Histogram micros) {
		String[] times = RegistryComparison.percentiles(micros);
		RegistryComparison.row(Integer.toString(this.watchers), what, times[0], times[1], times[2],
				this.registry.memory());
	}

	private void push(Histogram into, Push push) {
		Lines.Probe probe = this.lines.expect(push.marker(), this.watchers);
		AtomicInteger status = new AtomicInteger();
		long began = System.nanoTime();
		this.calls.send(push.call(), push.authorization(), push.body(), (code, answer) -> status.set(code));
		RegistryComparison.await(probe::isComplete, 30,
				() -> probe.count() + " of " + this.watchers + " for " + push.marker() + ", status " + status);
		for (long arrival : probe.arrivals()) {
			into.recordValue((arrival - began) / 1_000);
		}
		RegistryComparison.pause(30);
	}

	private record Push(String marker, String call, String authorization, String body) {
	}

}
