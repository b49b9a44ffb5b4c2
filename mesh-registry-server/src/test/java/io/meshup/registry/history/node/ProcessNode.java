package io.meshup.registry.history.node;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.meshup.registry.RegistryApplication;
import org.awaitility.Awaitility;

/**
 * A node in a process of its own, which is ended with SIGKILL and frozen with SIGSTOP.
 */
public final class ProcessNode extends RegistryNode {

	private static final Pattern PORT = Pattern.compile("Netty started on port (\\d+)");

	private Process process;

	public ProcessNode(String name, NodeSettings settings) {
		super(name, settings);
		start();
	}

	@Override
	void kill() {
		this.process.destroyForcibly();
		try {
			this.process.waitFor();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	int run(String... arguments) {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx200m",
						"-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
						RegistryApplication.class.getName()));
		command.addAll(List.of(arguments));
		try {
			File log = Files.createTempFile(settings().directory(), name(), ".log").toFile();
			this.process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start();
			return Awaitility.await("node " + name() + ", see " + log)
				.atMost(Duration.ofMinutes(2))
				.pollInterval(Duration.ofMillis(50))
				.failFast(() -> !this.process.isAlive())
				.until(() -> port(log), (port) -> port > 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	// 0 while it does not say so yet.
	private static int port(File log) throws IOException {
		Matcher matcher = PORT.matcher(Files.readString(log.toPath()));
		return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
	}

	@Override
	void freeze(boolean still) {
		try {
			new ProcessBuilder("kill", still ? "-STOP" : "-CONT", Long.toString(this.process.pid())).start().waitFor();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void close() {
		kill();
		way().close();
	}

}
