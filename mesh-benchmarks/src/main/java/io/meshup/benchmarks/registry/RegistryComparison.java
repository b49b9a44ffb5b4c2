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

	static final String JOIN = "Bearer " + RegistryProcess.TOKEN;

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
			PushPart.run(sizes());
		}
		if (parts.contains("delta")) {
			DeltaPart.run(sizes());
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

	static String instance(int number) {
		return "{\"incarnation\":\"p" + number
				+ "\",\"host\":\"10.0.0.1\",\"port\":8080,\"version\":\"v1\",\"status\":\"UP\","
				+ "\"metadata\":{\"team\":\"shop\"}}";
	}

	static String route(String service, String rule, int weight) {
		return "{\"apiVersion\":\"meshup.io/v1\",\"kind\":\"Route\",\"metadata\":{\"name\":\"" + service
				+ "\"},\"spec\":{\"service\":\"" + service + "\",\"rules\":[{\"name\":\"" + rule
				+ "\",\"backendRefs\":[{\"version\":\"v1\",\"weight\":" + weight + "}]}]}}";
	}

}
