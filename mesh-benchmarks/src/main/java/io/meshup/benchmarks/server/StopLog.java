package io.meshup.benchmarks.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a JVM writes of its collections and of the moments in which all of its threads
 * stand still, which are more than collections.
 */
public final class StopLog {

	private static final Pattern STOP = Pattern.compile("Safepoint .* Total: (\\d+) ns");

	private static final Pattern COLLECTION = Pattern.compile("GC\\(\\d+\\) Pause .* (\\d+)M->(\\d+)M\\(");

	private final Path file;

	private int read;

	/**
	 * Reads a log.
	 * @param file written by {@code -Xlog:gc,safepoint}
	 */
	public StopLog(Path file) {
		this.file = file;
	}

	/**
	 * What happened since the last call.
	 * @return the longest stop, and the most that was in use before and after a
	 * collection
	 */
	public Stops next() {
		List<String> lines = lines();
		long longest = 0;
		long before = 0;
		long after = 0;
		for (String line : lines.subList(Math.min(this.read, lines.size()), lines.size())) {
			Matcher stop = STOP.matcher(line);
			if (stop.find()) {
				longest = Math.max(longest, Long.parseLong(stop.group(1)));
			}
			Matcher collection = COLLECTION.matcher(line);
			if (collection.find()) {
				before = Math.max(before, Long.parseLong(collection.group(1)));
				after = Math.max(after, Long.parseLong(collection.group(2)));
			}
		}
		this.read = lines.size();
		return new Stops(longest / 1e6, before, after);
	}

	private List<String> lines() {
		try {
			return Files.exists(this.file) ? Files.readAllLines(this.file) : List.of();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The worst of a time.
	 *
	 * @param longestMillis how long all threads stood still at most
	 * @param before megabytes in use before a collection, at most, garbage included
	 * @param after megabytes in use after a collection, at most
	 */
	public record Stops(double longestMillis, long before, long after) {

		@Override
		public String toString() {
			return String.format(Locale.ROOT, "%.0f ms, %d MB (%d)", this.longestMillis, this.before, this.after);
		}

	}

}
