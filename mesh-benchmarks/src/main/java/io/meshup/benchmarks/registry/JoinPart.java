package io.meshup.benchmarks.registry;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;

/**
 * All instances come at once, stay for a while, and come back at once after the registry
 * was killed and started again. Processor time is given of the registry and of the load
 * program, which share the machine.
 */
final class JoinPart {

	private static final int SECONDS = 120;

	/** Until then a registry says that it may not know all, and then sends all again. */
	private static final int SETTLED_SECONDS = 40;

	/** Ends after the first join, to try things out. */
	private static final boolean COLD_ONLY = Boolean.getBoolean("cold");

	private JoinPart() {
	}

	static void run(int[] sizes) throws IOException {
		RegistryComparison.row("instances (services)", "", "all there after (s)", "processor of the registry (s)",
				"of the load (s)", "per instance (ms)", "MB sent", "lines in the top second", "refused",
				"longest stop, most heap before (after) a collection", "memory");
		System.out.println("|---|---|---|---|---|---|---|---|---|---|---|");
		for (int size : sizes) {
			join(size, Math.max(5, size / 20));
		}
	}

	private static void join(int instances, int services) throws IOException {
		String name = instances + " (" + services + ")";
		try (RegistryProcess registry = RegistryComparison.fresh()) {
			if (COLD_ONLY) {
				cold(name, registry, instances, services);
				return;
			}
			coldAndBack(name, registry, instances, services);
			RegistryComparison.pause(3_000);
			double before = registry.processorSeconds();
			try (Crowd crowd = new Crowd(registry.port(), instances, services, "other-")) {
				Account join = new Account(registry, crowd, before);
				join.await(instances);
				join.print(name, "join, the registry's JVM being warm", instances);
			}
		}
	}

	private static void cold(String name, RegistryProcess registry, int instances, int services) throws IOException {
		double before = registry.processorSeconds();
		Map<String, Double> threads = registry.processorByThread();
		try (Crowd crowd = new Crowd(registry.port(), instances, services)) {
			Account join = new Account(registry, crowd, before);
			join.await(instances);
			Map<String, Double> after = registry.processorByThread();
			join.print(name, "join", instances);
			after.replaceAll((thread, seconds) -> seconds - threads.getOrDefault(thread, 0.0));
			after.values().removeIf((seconds) -> seconds < 0.1);
			System.out.println("processor time by threads (s): " + after);
		}
	}

	private static void coldAndBack(String name, RegistryProcess registry, int instances, int services)
			throws IOException {
		double before = registry.processorSeconds();
		try (Crowd crowd = new Crowd(registry.port(), instances, services)) {
			Account join = new Account(registry, crowd, before);
			join.await(instances);
			join.print(name, "join", instances);
			registry.awaitAge(SETTLED_SECONDS);
			idle(name, registry, crowd);
			registry.kill();
			crowd.countAgain();
			crowd.lines().awaitNone();
			registry.start();
			Account rejoin = new Account(registry, crowd, registry.processorSeconds());
			rejoin.await(instances);
			rejoin.print(name, "back after a restart", instances);
			RegistryComparison.pause(3_000);
			crowd.leave();
		}
	}

	private static void idle(String name, RegistryProcess registry, Crowd crowd) {
		registry.stops();
		double before = registry.processorSeconds();
		double load = Account.loadSeconds();
		long bytes = crowd.lines().bytes();
		RegistryComparison.pause(10_000);
		String sent = (crowd.lines().bytes() - bytes) / 10_000 + " kB/s";
		RegistryComparison.row(name, "idle, a beat each " + crowd.intervalMillis() + " ms", "",
				percent(registry.processorSeconds() - before), percent(Account.loadSeconds() - load), "", sent, "", "",
				registry.stops().toString(), registry.memory());
	}

	private static String percent(double tenSeconds) {
		return String.format(Locale.ROOT, "%.0f %% of a core", 10 * tenSeconds);
	}

	/**
	 * What it takes until all are there.
	 */
	private static final class Account {

		private final RegistryProcess registry;

		private final Crowd crowd;

		private final double registrySeconds;

		private final double loadSeconds = loadSeconds();

		private final long bytes;

		private final long began = System.nanoTime();

		private double seconds;

		private Account(RegistryProcess registry, Crowd crowd, double registrySeconds) {
			this.registry = registry;
			this.crowd = crowd;
			this.registrySeconds = registrySeconds;
			this.bytes = crowd.lines().bytes();
		}

		static double loadSeconds() {
			return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toMillis() / 1000.0;
		}

		void await(int instances) {
			RegistryComparison.await(
					() -> this.crowd.registered() >= instances && this.crowd.lines().open() >= instances, SECONDS,
					this::state);
			this.seconds = RegistryComparison.since(this.began);
		}

		private String state() {
			return this.crowd.registered() + " registered, " + this.crowd.lines().open()
					+ " lines, processor: registry "
					+ RegistryComparison.number(this.registry.processorSeconds() - this.registrySeconds) + " s, load "
					+ RegistryComparison.number(loadSeconds() - this.loadSeconds) + " s, " + this.registry.memory();
		}

		void print(String name, String what, int instances) {
			double processor = this.registry.processorSeconds() - this.registrySeconds;
			long sent = this.crowd.lines().bytes() - this.bytes;
			RegistryComparison.row(name, what, RegistryComparison.number(this.seconds),
					RegistryComparison.number(processor), RegistryComparison.number(loadSeconds() - this.loadSeconds),
					String.format(Locale.ROOT, "%.2f", 1000 * processor / instances), Long.toString(sent >> 20),
					Integer.toString(this.crowd.lines().topSecond()), Integer.toString(this.crowd.refused()),
					this.registry.stops().toString(), this.registry.memory());
		}

	}

}
