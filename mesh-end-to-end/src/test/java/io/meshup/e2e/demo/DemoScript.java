package io.meshup.e2e.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * {@code ./demo.sh} with a state and ports of its own, so that a demo that somebody runs
 * from the same checkout is not touched.
 */
final class DemoScript {

	private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

	private static final int SHORT_SHOP = 20;

	String run(String... arguments) {
		try {
			Path output = Files.createTempFile(Files.createDirectories(Path.of("target", "e2e")), "demo-", ".log");
			ProcessBuilder builder = new ProcessBuilder(
					Stream.concat(Stream.of("./demo.sh"), Stream.of(arguments)).toList())
				.directory(ROOT.toFile())
				.redirectErrorStream(true)
				.redirectOutput(output.toFile());
			builder.environment()
				.putAll(Map.of("MESH_DEMO_STATE", "mesh-end-to-end/target/demo", "MESH_REGISTRY_PORT", "28761",
						"MESH_GATEWAY_PORT", "28080", "MESH_SHOPPER_RATE", String.valueOf(SHORT_SHOP)));
			Process process = builder.start();
			boolean ended = process.waitFor(4, TimeUnit.MINUTES);
			String text = Files.readString(output, StandardCharsets.UTF_8);
			if (!ended || process.exitValue() != 0) {
				process.destroyForcibly();
				throw new IllegalStateException("./demo.sh " + List.of(arguments) + " failed:\n" + text);
			}
			return text;
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
	 * What {@code ./demo.sh env} prints, read.
	 */
	Map<String, String> environment() {
		Map<String, String> values = new HashMap<>();
		run("env").lines().filter((line) -> line.contains("=")).forEach((line) -> {
			String[] parts = line.split("=", 2);
			values.put(parts[0], parts[1].replaceAll("^'|'$", ""));
		});
		return values;
	}

}
