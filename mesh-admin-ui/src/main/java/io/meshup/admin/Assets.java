package io.meshup.admin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * All files of the dashboard, held in memory by the exact path they are asked for. What
 * is not in the list that the build wrote does not exist, so no path can lead elsewhere.
 */
final class Assets {

	static final String FOLDER = "meshup-ui/";

	static final String LIST = FOLDER + "assets.sha256";

	private static final String START_PAGE = "index.html";

	private final Map<String, Asset> byPath;

	private Assets(Map<String, Asset> byPath) {
		this.byPath = Map.copyOf(byPath);
	}

	/**
	 * Reads the files that the build listed.
	 * @param loader where the files are
	 * @return the files
	 */
	static Assets load(ClassLoader loader) {
		Map<String, Asset> byPath = new HashMap<>();
		for (String line : new String(read(loader, LIST), StandardCharsets.UTF_8).split("\n")) {
			String[] entry = line.split(" {2}", 2);
			byPath.put("/" + entry[1], Asset.of(entry[1], read(loader, FOLDER + entry[1]), entry[0]));
		}
		Asset start = byPath.remove("/" + START_PAGE);
		if (start == null) {
			throw new IllegalStateException("The list '" + LIST + "' names no '" + START_PAGE
					+ "'. Build the dashboard again with 'mvn -Pui -pl mesh-admin-ui generate-resources'.");
		}
		byPath.put("/", start);
		return new Assets(byPath);
	}

	Optional<Asset> at(String path) {
		return Optional.ofNullable(this.byPath.get(path));
	}

	Map<String, Asset> byPath() {
		return this.byPath;
	}

	private static byte[] read(ClassLoader loader, String name) {
		try (InputStream in = loader.getResourceAsStream(name)) {
			if (in == null) {
				throw new IllegalStateException("The dashboard's file '" + name
						+ "' is not on the class path. Build it with 'mvn -Pui -pl mesh-admin-ui generate-resources'.");
			}
			return in.readAllBytes();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot read the dashboard's file '" + name + "'", ex);
		}
	}

}
