package io.meshup.benchmarks.registry;

import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.HdrHistogram.Histogram;

/**
 * Instances of an Eureka server, in services of 20: they register, and from when they
 * begin each renews and fetches what differs at its own moment of the interval.
 */
final class EurekaCrowd implements AutoCloseable {

	private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor((task) -> {
		Thread thread = new Thread(task, "pace");
		thread.setDaemon(true);
		return thread;
	});

	private final AtomicInteger taken = new AtomicInteger();

	private final AtomicInteger refused = new AtomicInteger();

	private final Calls calls;

	private final int instances;

	private final long interval;

	private final int[] told;

	private final Histogram visible = new Histogram(3);

	private volatile long[] came = new long[0];

	private final AtomicInteger known = new AtomicInteger();

	private double joined;

	private volatile boolean running = true;

	EurekaCrowd(Calls calls, int instances, long interval) {
		this.calls = calls;
		this.instances = instances;
		this.interval = interval;
		this.told = new int[instances];
	}

	/**
	 * All register at once.
	 */
	void join() {
		long began = System.nanoTime();
		for (int i = 0; i < this.instances; i++) {
			register(i);
		}
		RegistryComparison.await(this::isComplete, 120, this::state);
		this.joined = RegistryComparison.since(began);
		Random random = new Random(3);
		for (int i = 0; i < this.instances; i++) {
			int index = i;
			later(() -> renew(index), random.nextInt((int) this.interval));
		}
	}

	/**
	 * From now on they fetch, too.
	 */
	void begin() {
		Random random = new Random(5);
		for (int i = 0; i < this.instances; i++) {
			int index = i;
			later(() -> fetch(index), random.nextInt((int) this.interval));
		}
	}

	double joined() {
		return this.joined;
	}

	int refused() {
		return this.refused.get();
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

	/**
	 * Notes from now on who is told of which probe.
	 * @param probes how many will come
	 */
	void expect(int probes) {
		this.came = new long[probes];
	}

	void came(int probe) {
		this.came[probe] = System.nanoTime();
	}

	int known() {
		return this.known.get();
	}

	boolean everybodyKnows() {
		return this.known.get() >= this.instances * this.came.length;
	}

	/**
	 * How long it took, over all instances and probes.
	 * @return microseconds
	 */
	Histogram visible() {
		return this.visible;
	}

	static String probe(int number) {
		return "probe-" + (number + 100) + "-x";
	}

	/**
	 * What a fetch brings at present.
	 * @param calls to the server
	 * @param what empty for everything
	 * @return bytes, not compressed
	 */
	static int bytes(Calls calls, String what) {
		CompletableFuture<Integer> length = new CompletableFuture<>();
		calls.send("GET /eureka/apps" + what, "", "", (status, answer) -> length.complete(answer.length()));
		return length.orTimeout(60, TimeUnit.SECONDS).join();
	}

	static String instance(String app, String id) {
		return "{\"instance\":{\"instanceId\":\"" + id + "\",\"hostName\":\"10.0.0.1\",\"app\":\"" + app
				+ "\",\"ipAddr\":\"10.0.0.1\",\"status\":\"UP\",\"vipAddress\":\"" + app.toLowerCase(Locale.ROOT)
				+ "\",\"port\":{\"$\":8080,\"@enabled\":\"true\"},\"dataCenterInfo\":{\"@class\":"
				+ "\"com.netflix.appinfo.InstanceInfo$DefaultDataCenterInfo\",\"name\":\"MyOwn\"},"
				+ "\"metadata\":{\"team\":\"shop\"}}}";
	}

	private static String app(int index) {
		return "SERVICE-" + (index / 20);
	}

	private void register(int index) {
		this.calls.send("POST /eureka/apps/" + app(index), "", instance(app(index), "i" + index), (status, answer) -> {
			if (status / 100 != 2) {
				this.refused.incrementAndGet();
			}
			this.taken.incrementAndGet();
		});
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

	private void fetch(int index) {
		if (this.running) {
			this.calls.send("GET /eureka/apps/delta", "", "", (status, answer) -> {
				look(index, answer);
				later(() -> fetch(index), this.interval);
			});
		}
	}

	// On the calls' only thread.
	private void look(int index, String answer) {
		long now = System.nanoTime();
		long[] probes = this.came;
		for (int probe = 0; probe < probes.length; probe++) {
			int bit = 1 << probe;
			if ((this.told[index] & bit) == 0 && answer.contains(probe(probe))) {
				this.told[index] |= bit;
				this.visible.recordValue((now - probes[probe]) / 1_000);
				this.known.incrementAndGet();
			}
		}
	}

	private void later(Runnable task, long millis) {
		if (this.running) {
			Future<?> unused = this.timer.schedule(task, millis, TimeUnit.MILLISECONDS);
		}
	}

	@Override
	public void close() {
		this.running = false;
		this.timer.shutdownNow();
	}

}
