package io.meshup.e2e.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.awaitility.Awaitility;

/**
 * One application started from its jar, on a port that the system picks, its output in
 * {@code target/e2e}. Ended with the test process at the latest.
 */
public final class JavaProcess implements AutoCloseable {

	private static final Pattern PORT = Pattern.compile("(?:Tomcat|Netty) started on port (\\d+)");

	private static final Duration START_LIMIT = Duration.ofMinutes(4);

	private final String name;

	private final Process process;

	private final Path log;

	private final Thread reaper;

	private int port;

	private JavaProcess(String name, Process process, Path log) {
		this.name = name;
		this.process = process;
		this.log = log;
		this.reaper = new Thread(process::destroyForcibly);
		Runtime.getRuntime().addShutdownHook(this.reaper);
	}

	public static JavaProcess start(String name, Path jar, List<String> arguments) {
		return start(name, jar, arguments, Map.of());
	}

	public static JavaProcess start(String name, Path jar, List<String> arguments, Map<String, String> environment) {
		List<String> command = new ArrayList<>(
				List.of(UnpackedJars.JAVA, "-Xmx160m", "-Xss512k", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
		command.addAll(UnpackedJars.options(jar));
		command.addAll(arguments);
		try {
			Path folder = Files.createDirectories(Path.of("target", "e2e"));
			Path log = Files.createTempFile(folder, name + "-", ".log");
			ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
			builder.environment().putAll(environment);
			return new JavaProcess(name, builder.start(), log);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Waits until the web server has a port.
	 */
	public JavaProcess awaitStarted() {
		Awaitility.await(this.name + " started, see " + this.log)
			.atMost(START_LIMIT)
			.pollInterval(Duration.ofMillis(50))
			.failFast(() -> !this.process.isAlive())
			.until(this::findPort);
		return this;
	}

	private boolean findPort() throws IOException {
		Matcher matcher = PORT.matcher(Files.readString(this.log));
		if (matcher.find()) {
			this.port = Integer.parseInt(matcher.group(1));
			return true;
		}
		return false;
	}

	public String name() {
		return this.name;
	}

	public int port() {
		return this.port;
	}

	public URI uri(String path) {
		return URI.create("http://127.0.0.1:" + this.port + path);
	}

	public String output() {
		try {
			return Files.readString(this.log);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public long pid() {
		return this.process.pid();
	}

	public boolean isAlive() {
		return this.process.isAlive();
	}

	/**
	 * Sends a signal, such as {@code KILL}, {@code STOP} or {@code CONT}.
	 */
	public void signal(String signal) {
		try {
			new ProcessBuilder("kill", "-" + signal, String.valueOf(this.process.pid())).start().waitFor();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	public void kill() {
		this.process.destroyForcibly();
		awaitEnd(PatientWaits.LIMIT);
	}

	public void stop() {
		this.process.destroy();
		awaitEnd(Duration.ofSeconds(35));
	}

	private void awaitEnd(Duration limit) {
		try {
			if (!this.process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
				throw new IllegalStateException("'" + this.name + "' did not end within " + limit);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		signal("CONT");
		kill();
		Runtime.getRuntime().removeShutdownHook(this.reaper);
	}

}
