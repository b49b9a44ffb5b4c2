package io.meshup.benchmarks.registry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.meshup.benchmarks.server.StopLog;

/**
 * A server under measurement in a JVM of its own: the registry's jar, or the Eureka peer.
 */
final class RegistryProcess implements AutoCloseable {

	static final String TOKEN = "a-join-token-for-benchmarks";

	/** How the registry is started: by its jar, unpacked as in the image. */
	private static final String REGISTRY = System.getProperty("mesh.benchmarks.registry",
			"-jar target/registry/mesh-registry-server.jar");

	/** Of a second, in which Linux counts processor time. */
	private static final double TICKS = 100;

	private static final Pattern HEAP = Pattern.compile("(?:used|total \\d+K, used) (\\d+)K");

	private final List<String> command;

	private final int port;

	private final String ready;

	private Process process;

	private StopLog stops;

	private long startNanos;

	private RegistryProcess(List<String> command, int port, String ready) throws IOException {
		this.command = command;
		this.port = port;
		this.ready = ready;
		this.process = launch();
		this.stops = stopLog();
		awaitReady();
	}

	static RegistryProcess registry(int port, Path data) throws IOException {
		List<String> command = java("-Xmx512m");
		command.addAll(Arrays.asList(REGISTRY.split(" ")));
		command.addAll(List.of("--server.port=" + port, "--mesh.registry.data-dir=" + data,
				"--mesh.registry.security.join-token=" + TOKEN,
				"--mesh.registry.security.admin-password=a-password-for-benchmarks",
				"--mesh.registry.limits.requests-per-second=100000", "--mesh.registry.limits.burst=200000",
				"--logging.level.io.meshup.registry.lease=WARN"));
		return new RegistryProcess(command, port, "/actuator/health");
	}

	static RegistryProcess eureka(int port, String... settings) throws IOException {
		List<String> command = java("-Xmx512m");
		command.addAll(List.of("-cp", "target/eureka-classes:target/eureka/*", "EurekaPeer", "--server.port=" + port));
		command.addAll(List.of(settings));
		return new RegistryProcess(command, port, "/eureka/apps");
	}

	private static List<String> java(String heap) {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.add(heap);
		command.add("-Xlog:gc,safepoint:file=target/stops-%p.log:uptime:filecount=0");
		command.addAll(Arrays.stream(System.getProperty("mesh.benchmarks.flags", "").split(" "))
			.filter((flag) -> !flag.isEmpty())
			.toList());
		return command;
	}

	int port() {
		return this.port;
	}

	/**
	 * Starts it again on the same port and data.
	 * @throws IOException when it cannot be started
	 */
	void start() throws IOException {
		this.process = launch();
		this.stops = stopLog();
		awaitReady();
	}

	/**
	 * Waits until it has run for so long.
	 * @param seconds since its start
	 */
	void awaitAge(int seconds) {
		long until = this.startNanos + TimeUnit.SECONDS.toNanos(seconds);
		for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
			LockSupport.parkNanos(left);
		}
	}

	private Process launch() throws IOException {
		this.startNanos = System.nanoTime();
		return new ProcessBuilder(this.command).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.appendTo(Path.of("target", "registry.log").toFile()))
			.start();
	}

	private StopLog stopLog() {
		return new StopLog(Path.of("target", "stops-" + this.process.pid() + ".log"));
	}

	private void awaitReady() {
		long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
		while (!answers()) {
			if (System.nanoTime() > until || !this.process.isAlive()) {
				throw new IllegalStateException("it does not start, see target/registry.log");
			}
			LockSupport.parkNanos(20_000_000);
		}
	}

	void kill() {
		this.process.destroyForcibly();
		try {
			this.process.waitFor();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * What it takes at present, after a collection.
	 * @return heap in use and resident memory in MB
	 */
	String memory() {
		run("GC.run");
		stops();
		Matcher heap = HEAP.matcher(run("GC.heap_info"));
		long kilobytes = heap.find() ? Long.parseLong(heap.group(1)) : -1;
		return kilobytes / 1024 + " MB heap, " + resident() + " MB resident";
	}

	/**
	 * Collections and stops of all threads since it was asked the last time.
	 * @return what its JVM wrote of them
	 */
	StopLog.Stops stops() {
		return this.stops.next();
	}

	/**
	 * The processor time that it has taken.
	 * @return seconds
	 */
	double processorSeconds() {
		return this.process.info().totalCpuDuration().map((time) -> time.toMillis() / 1000.0).orElse(-1.0);
	}

	/**
	 * The processor time that each kind of its threads has taken.
	 * @return seconds by the threads' names without numbers
	 */
	Map<String, Double> processorByThread() {
		Map<String, Double> seconds = new TreeMap<>();
		try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(this.process.pid()), "task"))) {
			for (Path thread : threads.toList()) {
				String stat = Files.readString(thread.resolve("stat"));
				String name = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
				String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
				double taken = (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS;
				seconds.merge(name.replaceAll("[#-]?[0-9]+$", ""), taken, Double::sum);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return seconds;
	}

	private long resident() {
		try {
			return Files.readAllLines(Path.of("/proc", Long.toString(this.process.pid()), "status"))
				.stream()
				.filter((line) -> line.startsWith("VmRSS"))
				.mapToLong((line) -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
				.findFirst()
				.orElse(-1);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private String run(String what) {
		try {
			Process jcmd = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
					Long.toString(this.process.pid()), what)
				.redirectErrorStream(true)
				.start();
			return new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private boolean answers() {
		try {
			HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + this.ready))
				.build();
			return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
		}
		catch (IOException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

}
