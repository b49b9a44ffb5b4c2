package io.meshup.registry.history;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.meshup.registry.RegistryApplication;
import io.meshup.registry.store.redis.FaultyWay;
import io.meshup.registry.store.redis.RedisContainer;
import org.awaitility.Awaitility;

/**
 * A node in a process of its own, which is ended with SIGKILL and frozen with SIGSTOP.
 */
final class ProcessNode implements RegistryNode {

	private static final Pattern PORT = Pattern.compile("Netty started on port (\\d+)");

	private final String name;

	private final NodeSettings settings;

	private final FaultyWay way;

	private Process process;

	private int port;

	ProcessNode(String name, NodeSettings settings) {
		this.name = name;
		this.settings = settings;
		this.way = new FaultyWay(RedisContainer.shared().getHost(), RedisContainer.shared().port());
		start();
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public URI uri(String path) {
		return URI.create("http://127.0.0.1:" + this.port + path);
	}

	@Override
	public FaultyWay way() {
		return this.way;
	}

	@Override
	public void kill() {
		this.process.destroyForcibly();
		try {
			this.process.waitFor();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void start() {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx200m",
						"-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
						RegistryApplication.class.getName()));
		command.addAll(List.of(this.settings.arguments(this.name, this.port, this.way)));
		try {
			File log = Files.createTempFile(this.settings.directory(), this.name, ".log").toFile();
			this.process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start();
			Awaitility.await("node " + this.name + ", see " + log)
				.atMost(Duration.ofMinutes(2))
				.pollInterval(Duration.ofMillis(50))
				.failFast(() -> !this.process.isAlive())
				.until(() -> isStarted(log));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private boolean isStarted(File log) throws IOException {
		Matcher matcher = PORT.matcher(Files.readString(log.toPath()));
		if (!matcher.find()) {
			return false;
		}
		this.port = Integer.parseInt(matcher.group(1));
		return true;
	}

	@Override
	public void freeze(boolean still) {
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
		this.way.close();
	}

}
