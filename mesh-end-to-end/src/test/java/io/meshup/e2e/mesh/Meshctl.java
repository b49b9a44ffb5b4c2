package io.meshup.e2e.mesh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The real command line, started by its launcher as an operator would.
 */
public final class Meshctl {

	private static final Path LAUNCHER = Path.of("..", "mesh-cli", "meshctl");

	private final RunningRegistry registry;

	public Meshctl(RunningRegistry registry) {
		this.registry = registry;
	}

	public Outcome run(String input, String... arguments) {
		List<String> command = new ArrayList<>(List.of(LAUNCHER.toString()));
		command.addAll(List.of(arguments));
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
		builder.environment()
			.putAll(Map.of("JAVA_HOME", System.getProperty("java.home"), "MESH_REGISTRY",
					this.registry.uri("").toString(), "MESH_USER", "admin", "MESH_PASSWORD", RunningRegistry.PASSWORD));
		try {
			Process process = builder.start();
			try (var stdin = process.getOutputStream()) {
				stdin.write(input.getBytes(StandardCharsets.UTF_8));
			}
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			return new Outcome(process.waitFor(), output);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * What came of it.
	 */
	public record Outcome(int code, String output) {
	}

}
