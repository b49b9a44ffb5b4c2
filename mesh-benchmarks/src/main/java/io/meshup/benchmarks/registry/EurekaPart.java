package io.meshup.benchmarks.registry;

import java.io.IOException;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.HdrHistogram.Histogram;

/**
 * The same against an Eureka server, where it has the feature: by its defaults (renewals
 * and fetches each 30 s) and tuned (each 5 s, the pace of our beats at that size; caches
 * of 1 s).
 */
final class EurekaPart {

	private static final String[] ALONE = { "--eureka.client.register-with-eureka=false",
			"--eureka.client.fetch-registry=false", "--spring.application.name=eureka" };

	private EurekaPart() {
	}

	static void run(int[] sizes) throws IOException {
		System.out.println(
				"| Eureka server, instances | settings | all joined (s) | back after a restart (s) | processor | memory |");
		System.out.println("|---|---|---|---|---|---|");
		for (int size : sizes) {
			join(size, "defaults", 30_000);
			join(size, "tuned", 5_000);
		}
		System.out.println("| Eureka server: registration to what a fetch tells | p50 (ms) | max (ms) |");
		System.out.println("|---|---|---|");
		visible("defaults", 4);
		visible("tuned", 30);
	}

	private static RegistryProcess start(String settings) throws IOException {
		int port = RegistryComparison.freePort();
		return settings.equals("defaults") ? RegistryProcess.eureka(port, ALONE)
				: RegistryProcess.eureka(port, ALONE[0], ALONE[1], ALONE[2],
						"--eureka.server.response-cache-update-interval-ms=1000",
						"--eureka.server.eviction-interval-timer-in-ms=1000");
	}

	private static void join(int instances, String settings, long interval) throws IOException {
		try (RegistryProcess eureka = start(settings);
				Calls calls = new Calls(eureka.port(), 200);
				Pace pace = new Pace(calls, instances, interval)) {
			double joined = pace.joined();
			RegistryComparison.pause(12_000);
			double before = eureka.processorSeconds();
			RegistryComparison.pause(10_000);
			double busy = (eureka.processorSeconds() - before) / 10;
			String memory = eureka.memory();
			eureka.kill();
			pace.again();
			eureka.start();
			long back = System.nanoTime();
			RegistryComparison.await(pace::isComplete, 120, pace::state);
			RegistryComparison.row(Integer.toString(instances), settings, RegistryComparison.number(joined),
					RegistryComparison.number(RegistryComparison.since(back)),
					String.format(Locale.ROOT, "%.0f %% of a core", 100 * busy), memory);
		}
	}

	private static void visible(String settings, int rounds) throws IOException {
		try (RegistryProcess eureka = start(settings); Calls calls = new Calls(eureka.port(), 4)) {
			Histogram millis = new Histogram(3);
			for (int round = -1; round < rounds; round++) {
				String id = "probe-" + (round + 10) + "-x";
				AtomicBoolean seen = new AtomicBoolean();
				long began = System.nanoTime();
				calls.send("POST /eureka/apps/PROBE", "", instance("PROBE", id), (status, answer) -> {
				});
				while (!seen.get()) {
					calls.send("GET /eureka/apps/delta", "", "", (status, answer) -> {
						if (answer.contains(id)) {
							seen.set(true);
						}
					});
					RegistryComparison.pause(20);
				}
				if (round >= 0) {
					millis.recordValue((System.nanoTime() - began) / 1_000_000);
				}
				RegistryComparison.pause(new Random(round).nextInt(700));
			}
			RegistryComparison.row(settings, Long.toString(millis.getValueAtPercentile(50)),
					Long.toString(millis.getMaxValue()));
		}
	}

	private static String instance(String app, String id) {
		return "{\"instance\":{\"instanceId\":\"" + id + "\",\"hostName\":\"10.0.0.1\",\"app\":\"" + app
				+ "\",\"ipAddr\":\"10.0.0.1\",\"status\":\"UP\",\"vipAddress\":\"" + app.toLowerCase(Locale.ROOT)
				+ "\",\"port\":{\"$\":8080,\"@enabled\":\"true\"},\"dataCenterInfo\":{\"@class\":"
				+ "\"com.netflix.appinfo.InstanceInfo$DefaultDataCenterInfo\",\"name\":\"MyOwn\"},"
				+ "\"metadata\":{\"team\":\"shop\"}}}";
	}

	/**
	 * Instances that register, renew and fetch what differs.
	 */
	private static final class Pace implements AutoCloseable {

		private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor((task) -> {
			Thread thread = new Thread(task, "pace");
			thread.setDaemon(true);
			return thread;
		});

		private final AtomicInteger taken = new AtomicInteger();

		private final Calls calls;

		private final int instances;

		private final long interval;

		private final double joined;

		private volatile boolean running = true;

		Pace(Calls calls, int instances, long interval) {
			this.calls = calls;
			this.instances = instances;
			this.interval = interval;
			long began = System.nanoTime();
			for (int i = 0; i < instances; i++) {
				register(i);
			}
			RegistryComparison.await(this::isComplete, 120, this::state);
			this.joined = RegistryComparison.since(began);
			Random random = new Random(3);
			for (int i = 0; i < instances; i++) {
				int index = i;
				later(() -> renew(index), random.nextInt((int) interval));
				later(this::fetch, random.nextInt((int) interval));
			}
		}

		double joined() {
			return this.joined;
		}

		boolean isComplete() {
			return this.taken.get() >= this.instances;
		}

		String state() {
			return this.taken + " registered";
		}

		void again() {
			this.taken.set(0);
		}

		private static String app(int index) {
			return "SERVICE-" + (index / 20);
		}

		private void register(int index) {
			this.calls.send("POST /eureka/apps/" + app(index), "", instance(app(index), "i" + index),
					(status, answer) -> this.taken.incrementAndGet());
		}

		private void renew(int index) {
			if (this.running) {
				this.calls.send("PUT /eureka/apps/" + app(index) + "/i" + index, "", "", (status, answer) -> {
					if (status == 404) {
						register(index);
					}
					later(() -> renew(index), this.interval);
				});
			}
		}

		private void later(Runnable task, long millis) {
			Future<?> unused = this.timer.schedule(task, millis, TimeUnit.MILLISECONDS);
		}

		private void fetch() {
			if (this.running) {
				this.calls.send("GET /eureka/apps/delta", "", "",
						(status, answer) -> later(this::fetch, this.interval));
			}
		}

		@Override
		public void close() {
			this.running = false;
			this.timer.shutdownNow();
		}

	}

}
