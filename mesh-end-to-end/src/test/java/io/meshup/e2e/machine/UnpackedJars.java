package io.meshup.e2e.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Jars taken apart by Spring Boot's own tool, each once: from there a process starts with
 * a quarter less work, and these tests start many.
 */
public final class UnpackedJars {

	public static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();

	private static final Map<Path, Path> UNPACKED = new ConcurrentHashMap<>();

	private UnpackedJars() {
	}

	/**
	 * The Java options that start the application in a jar. An archive of its classes
	 * would save a second of each start, but to write one takes ten while others are
	 * under load.
	 */
	public static List<String> options(Path jar) {
		return List.of("-jar", UNPACKED.computeIfAbsent(jar, UnpackedJars::unpack).toString());
	}

	private static Path unpack(Path jar) {
		if (!Files.exists(jar)) {
			throw new IllegalStateException("'" + jar + "' is missing. Build it first: mvn package");
		}
		try {
			Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "e2e")), "unpacked-");
			Process tool = new ProcessBuilder(JAVA, "-XX:TieredStopAtLevel=1", "-Djarmode=tools", "-jar",
					jar.toString(), "extract", "--force", "--destination", folder.toString())
				.redirectErrorStream(true)
				.start();
			String said = new String(tool.getInputStream().readAllBytes());
			if (tool.waitFor() != 0) {
				throw new IllegalStateException("'" + jar + "' cannot be taken apart: " + said);
			}
			return folder.resolve(jar.getFileName());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
