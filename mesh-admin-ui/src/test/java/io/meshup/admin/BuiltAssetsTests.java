package io.meshup.admin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The built files are part of the repository; these tests notice when they and their
 * sources part.
 */
class BuiltAssetsTests {

	private static final Path SOURCES = Path.of("src/main/web");

	private static final Path BUILT = Path.of("src/main/resources/meshup-ui");

	@Test
	void assetsWereBuiltFromTheseSources() throws IOException {
		String built = Files.readString(BUILT.resolve("sources.sha256")).strip();

		assertThat(SourceHash.of(SOURCES))
			.as("The web sources have changed since the assets were built. Run 'npm run build' in mesh-admin-ui/src/main/web "
					+ "(or 'mvn -Pui -pl mesh-admin-ui generate-resources') and commit the result.")
			.isEqualTo(built);
	}

	@Test
	void listNamesExactlyTheFilesThatAreThereWithTheirHashes() throws IOException {
		List<String> listed = Files.readAllLines(BUILT.resolve("assets.sha256"));

		try (Stream<Path> files = Files.walk(BUILT)) {
			List<String> found = files.filter(Files::isRegularFile)
				.filter((file) -> !file.toString().endsWith(".sha256"))
				.map(BuiltAssetsTests::entry)
				.sorted()
				.toList();
			assertThat(listed.stream().sorted().toList()).isEqualTo(found);
		}
	}

	@Test
	void lockFileNamesNoDownloadAddress() throws IOException {
		assertThat(Files.readString(SOURCES.resolve("package-lock.json"), StandardCharsets.UTF_8))
			.doesNotContain("\"resolved\"")
			.doesNotContain("http://localhost");
	}

	private static String entry(Path file) {
		try {
			return SourceHash.sha256(Files.readAllBytes(file)) + "  "
					+ BUILT.relativize(file).toString().replace('\\', '/');
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
