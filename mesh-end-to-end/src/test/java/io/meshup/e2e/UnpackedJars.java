package io.meshup.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Jars taken apart by Spring Boot's own tool, each once: from there a process starts with
 * a quarter less work, and these tests start many.
 */
final class UnpackedJars {

	static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();

	private static final Map<Path, Path> UNPACKED = new ConcurrentHashMap<>();

	private static final Set<Path> FIRST = ConcurrentHashMap.newKeySet();

	private UnpackedJars() {
	}

	/**
	 * The Java options that start the application in a jar. The first process of each jar
	 * leaves an archive of its classes behind if it ends in order; those that start later
	 * take them from there.
	 */
	static List<String> options(Path jar) {
		Path unpacked = UNPACKED.computeIfAbsent(jar, UnpackedJars::unpack);
		Path archive = unpacked.resolveSibling("classes.jsa");
		List<String> options = new ArrayList<>();
		if (FIRST.add(jar)) {
			options.add("-XX:ArchiveClassesAtExit=" + archive);
		}
		else if (Files.exists(archive)) {
			options.add("-XX:SharedArchiveFile=" + archive);
		}
		options.addAll(List.of("-jar", unpacked.toString()));
		return options;
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
