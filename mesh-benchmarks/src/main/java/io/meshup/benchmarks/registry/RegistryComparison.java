package io.meshup.benchmarks.registry;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import org.HdrHistogram.Histogram;

/**
 * What the registry costs and how that grows. Arguments choose parts, all by default:
 * {@code join}, {@code push}, {@code rules}, {@code delta}, {@code eureka}.
 */
public final class RegistryComparison {

	static final String ADMIN = "Basic "
			+ Base64.getEncoder().encodeToString("admin:a-password-for-benchmarks".getBytes(StandardCharsets.UTF_8));

	private static final int WATCHERS = 1_000;

	private static final int ROUNDS = Integer.getInteger("rounds", 50);

	private static final int WARM_UP = 150;

	private RegistryComparison() {
	}

	/**
	 * Runs the parts.
	 * @param arguments the parts' names
	 * @throws IOException when sockets or processes fail
	 */
	public static void main(String[] arguments) throws IOException {
		List<String> parts = (arguments.length > 0) ? List.of(arguments)
				: List.of("join", "push", "delta", "rules", "eureka");
		if (parts.contains("join")) {
			JoinPart.run(sizes());
		}
		if (parts.contains("push")) {
			push();
		}
		if (parts.contains("delta")) {
			delta();
		}
		if (parts.contains("rules")) {
			RulesPart.run();
		}
		if (parts.contains("eureka")) {
			EurekaPart.run(sizes());
		}
		System.exit(0);
	}

	private static int[] sizes() {
		return Arrays.stream(System.getProperty("sizes", "100,1000,10000").split(","))
			.mapToInt(Integer::parseInt)
			.toArray();
	}

	private static void push() throws IOException {
		System.out.println("| to " + WATCHERS + " watchers, " + ROUNDS + " times | p50 (ms) | p99 (ms) | max (ms) |");
		System.out.println("|---|---|---|---|");
		try (RegistryProcess registry = fresh();
				Lines lines = new Lines(registry.port(), RegistryProcess.TOKEN);
				Calls calls = new Calls(registry.port(), 8)) {
			for (int i = 0; i < WATCHERS; i++) {
				lines.add("instance=caller-" + (i % 50) + "/c" + i
						+ "&incarnation=c&services=probe&deltas=true&names=true");
			}
			await(() -> lines.open() == WATCHERS, 60, () -> lines.open() + " lines");
			Histogram instances = new Histogram(3);
			Histogram rules = new Histogram(3);
			for (int round = -WARM_UP; round < ROUNDS; round++) {
				Histogram into = (round < 0) ? new Histogram(3) : instances;
				String id = "probe-" + (round + 1_000) + "-x";
				measure(lines, calls, into,
						new Push("\"id\":\"" + id + "\"", "PUT /api/v1/services/probe/instances/" + id,
								"Bearer " + RegistryProcess.TOKEN, instance(round)));
				// Else it would turn suspect in the middle of a later round.
				calls.send("DELETE /api/v1/services/probe/instances/" + id, "Bearer " + RegistryProcess.TOKEN, "",
						(status, answer) -> {
						});
				pause(50);
				into = (round < 0) ? new Histogram(3) : rules;
				String name = "w" + (round + 1_000) + "x";
				measure(lines, calls, into, new Push("\"name\":\"" + name + "\"", "PUT /api/v1/rules/Route/probe",
						ADMIN, route("probe", name, 1)));
			}
			row("registration to visible", percentiles(instances));
			row("rule change to arrived", percentiles(rules));
			System.out.println("Memory: " + registry.memory());
		}
	}

	private static void measure(Lines lines, Calls calls, Histogram into, Push push) {
		Lines.Probe probe = lines.expect(push.marker(), WATCHERS);
		AtomicInteger status = new AtomicInteger();
		long began = System.nanoTime();
		calls.send(push.call(), push.authorization(), push.body(), (code, answer) -> status.set(code));
		await(probe::isComplete, 30,
				() -> probe.count() + " of " + WATCHERS + " for " + push.marker() + ", status " + status);
		for (long arrival : probe.arrivals()) {
			into.recordValue((arrival - began) / 1_000);
		}
		pause(30);
	}

	private static void delta() throws IOException {
		System.out.println("| one change in a service of | bytes for a watcher, deltas | bytes, whole |");
		System.out.println("|---|---|---|");
		for (int size : new int[] { 101, 1_000 }) {
			row(Integer.toString(size), Long.toString(bytes(size, "&deltas=true")), Long.toString(bytes(size, "")));
		}
	}

	private static long bytes(int size, String option) throws IOException {
		try (RegistryProcess registry = fresh();
				Lines lines = new Lines(registry.port(), RegistryProcess.TOKEN);
				Calls calls = new Calls(registry.port(), 50)) {
			beatAll(calls, size);
			lines.add("services=large" + option);
			await(() -> lines.bytes() > 0, 30, () -> "no byte");
			// Nobody must turn suspect meanwhile.
			beatAll(calls, size);
			pause(300);
			Lines.Probe probe = lines.expect("\"id\":\"one-more\"", 1);
			long before = lines.bytes();
			calls.send("PUT /api/v1/services/large/instances/one-more", "Bearer " + RegistryProcess.TOKEN, instance(0),
					(status, answer) -> {
					});
			await(probe::isComplete, 30, () -> "not seen");
			pause(100);
			return lines.bytes() - before;
		}
	}

	private static void beatAll(Calls calls, int size) {
		AtomicInteger taken = new AtomicInteger();
		for (int i = 0; i < size; i++) {
			calls.send("PUT /api/v1/services/large/instances/instance-" + i, "Bearer " + RegistryProcess.TOKEN,
					instance(i), (status, answer) -> taken.incrementAndGet());
		}
		await(() -> taken.get() == size, 60, () -> taken + " registered");
	}

	static String[] percentiles(Histogram micros) {
		return new String[] { number(micros.getValueAtPercentile(50) / 1000.0),
				number(micros.getValueAtPercentile(99) / 1000.0), number(micros.getMaxValue() / 1000.0) };
	}

	static void row(String first, String... more) {
		List<String> cells = new ArrayList<>(List.of(first));
		cells.addAll(List.of(more));
		System.out.println("| " + String.join(" | ", cells) + " |");
	}

	static String number(double number) {
		return String.format(Locale.ROOT, "%.1f", number);
	}

	static double since(long began) {
		return (System.nanoTime() - began) / 1e9;
	}

	static void pause(long millis) {
		LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
	}

	static void await(BooleanSupplier condition, int seconds, Supplier<String> state) {
		long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
		while (!condition.getAsBoolean()) {
			if (System.nanoTime() > until) {
				throw new IllegalStateException("not within " + seconds + " s: " + state.get());
			}
			pause(1);
		}
	}

	static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

	static RegistryProcess fresh() throws IOException {
		return RegistryProcess.registry(freePort(), Files.createTempDirectory(Path.of("target"), "registry-data"));
	}

	private static String instance(int number) {
		return "{\"incarnation\":\"p" + number
				+ "\",\"host\":\"10.0.0.1\",\"port\":8080,\"version\":\"v1\",\"status\":\"UP\","
				+ "\"metadata\":{\"team\":\"shop\"}}";
	}

	static String route(String service, String rule, int weight) {
		return "{\"apiVersion\":\"meshup.io/v1\",\"kind\":\"Route\",\"metadata\":{\"name\":\"" + service
				+ "\"},\"spec\":{\"service\":\"" + service + "\",\"rules\":[{\"name\":\"" + rule
				+ "\",\"backendRefs\":[{\"version\":\"v1\",\"weight\":" + weight + "}]}]}}";
	}

	private record Push(String marker, String call, String authorization, String body) {
	}

}
