package io.meshup.benchmarks.registry;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

import io.meshup.benchmarks.server.StopLog;
import org.HdrHistogram.Histogram;

/**
 * The same against an Eureka server, where it has the feature: by its defaults (renewals
 * and fetches each 30 s) and tuned (each 5 s, the pace of our beats at that size; caches
 * of 1 s). What only waits is shortened for both: it keeps for 20 s what changed, not for
 * three minutes, so that a fetch after the join soon brings no more than what differs.
 */
final class EurekaPart {

	private static final String SETTINGS = System.getProperty("settings", "defaults,tuned");

	private static final String[] ALONE = { "--eureka.client.register-with-eureka=false",
			"--eureka.client.fetch-registry=false", "--spring.application.name=eureka",
			"--eureka.server.retention-time-in-m-s-in-delta-queue=20000",
			"--eureka.server.delta-retention-timer-interval-in-ms=5000" };

	private static final String[] TUNED = { "--eureka.server.response-cache-update-interval-ms=1000",
			"--eureka.server.eviction-interval-timer-in-ms=1000" };

	private static final int PROBES = 20;

	private static final int LITTLE = 10_000;

	private EurekaPart() {
	}

	static void run(int[] sizes) throws IOException {
		RegistryComparison.row("Eureka server, instances", "settings", "all joined (s)", "refused",
				"processor of the join (s)", "idle", "of the load program", "back after a restart (s)",
				"longest stop, most heap before (after) a collection", "memory");
		System.out.println("|---|---|---|---|---|---|---|---|---|---|");
		List<String> later = new ArrayList<>();
		for (int size : sizes) {
			for (String settings : SETTINGS.split(",")) {
				later.add(measure(size, settings));
			}
		}
		RegistryComparison.row("Eureka server, instances, each of which fetches", "settings",
				"registration to what a fetch tells: p50 (ms)", "p99 (ms)", "max (ms)",
				"bytes of a fetch: everything, after the join, with one change");
		System.out.println("|---|---|---|---|---|---|");
		later.forEach(System.out::println);
	}

	private static RegistryProcess start(String settings) throws IOException {
		int port = RegistryComparison.freePort();
		List<String> all = new ArrayList<>(List.of(ALONE));
		// Else it would send everything on to a neighbour that does not exist.
		all.add("--eureka.instance.hostname=localhost");
		all.add("--eureka.client.service-url.defaultZone=http://localhost:" + port + "/eureka/");
		if (!settings.equals("defaults")) {
			all.addAll(List.of(TUNED));
		}
		return RegistryProcess.eureka(port, all.toArray(String[]::new));
	}

	private static String measure(int instances, String settings) throws IOException {
		long interval = settings.equals("defaults") ? 30_000 : 5_000;
		try (RegistryProcess eureka = start(settings);
				Calls calls = new Calls(eureka.port(), 200);
				EurekaCrowd crowd = new EurekaCrowd(calls, instances, interval)) {
			double before = eureka.processorSeconds();
			crowd.join();
			double joining = eureka.processorSeconds() - before;
			StopLog.Stops stops = eureka.stops();
			String bytes = settle(calls, settings.equals("defaults") ? 31_000 : 3_000);
			crowd.begin();
			String[] idle = idle(eureka);
			String told = row(instances, settings, visible(calls, crowd, interval), bytes);
			String memory = eureka.memory();
			eureka.kill();
			crowd.again();
			eureka.start();
			long back = System.nanoTime();
			RegistryComparison.await(crowd::isComplete, 120, crowd::state);
			RegistryComparison.row(Integer.toString(instances), settings, RegistryComparison.number(crowd.joined()),
					Integer.toString(crowd.refused()), RegistryComparison.number(joining), idle[0], idle[1],
					RegistryComparison.number(RegistryComparison.since(back)), stops.toString(), memory);
			return told;
		}
	}

	// Waits until what came with the join is no news any more. It keeps an answer of all
	// these news for up to three minutes, unless another instance comes.
	private static String settle(Calls calls, long cache) {
		RegistryComparison.pause(cache);
		String bytes = EurekaCrowd.bytes(calls, "") + ", " + EurekaCrowd.bytes(calls, "/delta");
		int news = Integer.MAX_VALUE;
		for (int round = 0; round < 6 && news > LITTLE; round++) {
			RegistryComparison.pause(Math.max(cache, 27_000 - cache));
			calls.send("POST /eureka/apps/OTHER", "", EurekaCrowd.instance("OTHER", "one-more-" + round),
					(status, answer) -> {
					});
			RegistryComparison.pause(cache);
			news = EurekaCrowd.bytes(calls, "/delta");
		}
		return bytes + ", " + news;
	}

	private static String[] idle(RegistryProcess eureka) {
		RegistryComparison.pause(5_000);
		double before = eureka.processorSeconds();
		double load = own();
		RegistryComparison.pause(15_000);
		return new String[] { percent(eureka.processorSeconds() - before), percent(own() - load) };
	}

	// Instances come one after the other; when does each of the others know?
	private static Histogram visible(Calls calls, EurekaCrowd crowd, long interval) {
		crowd.expect(PROBES);
		AtomicInteger taken = new AtomicInteger();
		for (int probe = 0; probe < PROBES; probe++) {
			int number = probe;
			crowd.came(probe);
			calls.send("POST /eureka/apps/PROBE", "", EurekaCrowd.instance("PROBE", EurekaCrowd.probe(number)),
					(status, answer) -> taken.incrementAndGet());
			RegistryComparison.pause(interval / PROBES + 37);
		}
		RegistryComparison.await(crowd::everybodyKnows, 120, () -> taken + " came, " + crowd.known() + " told");
		return crowd.visible();
	}

	private static String row(int instances, String settings, Histogram visible, String bytes) {
		List<String> cells = new ArrayList<>(List.of(Integer.toString(instances), settings));
		cells.addAll(Arrays.asList(RegistryComparison.percentiles(visible)));
		cells.add(bytes);
		return "| " + String.join(" | ", cells) + " |";
	}

	private static double own() {
		return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toMillis() / 1000.0;
	}

	private static String percent(double of15Seconds) {
		return String.format(Locale.ROOT, "%.0f %% of a core", 100 * of15Seconds / 15);
	}

}
