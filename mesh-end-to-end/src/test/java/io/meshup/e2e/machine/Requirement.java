package io.meshup.e2e.machine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Assumptions;

/**
 * What some tests need of the machine. Where it is missing they are skipped with a
 * message; on CI that is a failure.
 */
public final class Requirement {

	private static final List<String> BROWSERS = List.of("/usr/bin/chromium", "/usr/bin/chromium-browser",
			"/usr/bin/google-chrome");

	private Requirement() {
	}

	public static Path chromium() {
		Path found = BROWSERS.stream().map(Path::of).filter(Files::isExecutable).findFirst().orElse(Path.of(""));
		check(!found.toString().isEmpty(), "Chromium is missing. Install it, for example: apt-get install chromium");
		return found;
	}

	public static void check(boolean met, String message) {
		if (!met && "true".equals(System.getenv("CI"))) {
			throw new AssertionError("On CI nothing may be skipped. " + message);
		}
		Assumptions.assumeTrue(met, message);
	}

}
