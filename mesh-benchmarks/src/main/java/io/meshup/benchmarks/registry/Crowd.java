package io.meshup.benchmarks.registry;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Simulated instances: each has a line of its own, watches its service and three others
 * (or everything, with {@code -Dwatch=all}), and beats at the pace that the registry asks
 * for. Their beats share 200 connections.
 */
final class Crowd implements AutoCloseable {

	private static final int CALLED = 3;

	private static final boolean ALL = System.getProperty("watch", "used").equals("all");

	private final List<String> paths = new ArrayList<>();

	private final List<String> bodies = new ArrayList<>();

	private final AtomicIntegerArray beaten;

	private final AtomicInteger registered = new AtomicInteger();

	private final AtomicInteger refused = new AtomicInteger();

	private final ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor((task) -> {
		Thread thread = new Thread(task, "pace");
		thread.setDaemon(true);
		return thread;
	});

	private final Lines lines;

	private final Calls calls;

	private volatile long intervalMillis = 1_000;

	private volatile boolean running = true;

	private final AtomicInteger round = new AtomicInteger();

	/**
	 * Lets them all come at once.
	 * @param port the registry's
	 * @param instances how many
	 * @param services in how many services
	 * @throws IOException when sockets fail
	 */
	Crowd(int port, int instances, int services) throws IOException {
		this(port, instances, services, "service-");
	}

	Crowd(int port, int instances, int services, String prefix) throws IOException {
		this.lines = new Lines(port, RegistryProcess.TOKEN);
		this.calls = new Calls(port, 200);
		this.beaten = new AtomicIntegerArray(instances);
		Random random = new Random(42);
		for (int i = 0; i < instances; i++) {
			String service = prefix + (i % services);
			Set<String> watched = new TreeSet<>(Set.of(service));
			for (int j = 0; j < CALLED; j++) {
				watched.add(prefix + random.nextInt(services));
			}
			String incarnation = "p" + i;
			this.paths.add("PUT /api/v1/services/" + service + "/instances/i" + i);
			this.bodies.add("{\"incarnation\":\"" + incarnation
					+ "\",\"host\":\"10.0.0.1\",\"port\":8080,\"scheme\":\"http\",\"version\":\"v1\",\"zone\":\"default\","
					+ "\"weight\":100,\"status\":\"UP\",\"metadata\":{\"team\":\"shop\"},\"applied\":0,\"rejected\":[],"
					+ "\"edges\":[]}");
			this.lines.add("instance=" + service + "/i" + i + "&incarnation=" + incarnation + "&services="
					+ (ALL ? "*" : String.join(",", watched)) + "&deltas=true&names=true");
			beat(i);
		}
	}

	Lines lines() {
		return this.lines;
	}

	int registered() {
		return this.registered.get();
	}

	int refused() {
		return this.refused.get();
	}

	long intervalMillis() {
		return this.intervalMillis;
	}

	/**
	 * Counts from zero who has been taken since now.
	 */
	void countAgain() {
		this.round.incrementAndGet();
		this.registered.set(0);
	}

	/**
	 * All leave by their own word.
	 */
	void leave() {
		this.running = false;
		AtomicInteger left = new AtomicInteger();
		for (String path : this.paths) {
			this.calls.send(path.replace("PUT ", "DELETE "), "Bearer " + RegistryProcess.TOKEN, "",
					(status, answer) -> left.incrementAndGet());
		}
		RegistryComparison.await(() -> left.get() >= this.paths.size(), 120, () -> left + " have left");
	}

	private void beat(int index) {
		if (!this.running) {
			return;
		}
		this.calls.send(this.paths.get(index), "Bearer " + RegistryProcess.TOKEN, this.bodies.get(index),
				(status, answer) -> {
					if (status == 200) {
						taken(index, answer);
					}
					else {
						this.refused.incrementAndGet();
					}
					again(index);
				});
	}

	private void again(int index) {
		if (this.running) {
			Future<?> unused = this.pace.schedule(() -> beat(index), this.intervalMillis, TimeUnit.MILLISECONDS);
		}
	}

	private void taken(int index, String answer) {
		int present = this.round.get() + 1;
		if (this.beaten.getAndSet(index, present) != present) {
			this.registered.incrementAndGet();
		}
		int at = answer.indexOf("\"beat\":\"");
		if (at >= 0) {
			this.intervalMillis = millis(answer.substring(at + 8, answer.indexOf('"', at + 8)));
		}
	}

	private static long millis(String duration) {
		long millis = 0;
		Matcher part = Pattern.compile("(\\d+)(ms|s|m|h)").matcher(duration);
		while (part.find()) {
			long number = Long.parseLong(part.group(1));
			millis += switch (part.group(2)) {
				case "ms" -> number;
				case "s" -> number * 1_000;
				case "m" -> number * 60_000;
				default -> number * 3_600_000;
			};
		}
		return millis;
	}

	@Override
	public void close() throws IOException {
		this.running = false;
		this.lines.close();
		this.calls.close();
		this.pace.shutdownNow();
	}

}
