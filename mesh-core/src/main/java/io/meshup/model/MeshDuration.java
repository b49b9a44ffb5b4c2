package io.meshup.model;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as Gateway API writes them (GEP-2257): one to four parts of
 * {@code [0-9]{1,5}(h|m|s|ms)}, never negative, for example {@code 1m30s} or
 * {@code 250ms}. Like Gateway API, a unit may stand once only and in descending order.
 */
public final class MeshDuration {

	/**
	 * The grammar, also used by the rules' JSON Schemas.
	 */
	public static final String PATTERN = "^(?=[0-9])([0-9]{1,5}h)?([0-9]{1,5}m)?([0-9]{1,5}s)?([0-9]{1,5}ms)?$";

	private static final Pattern GRAMMAR = Pattern.compile(PATTERN);

	private static final long[] UNIT_MILLIS = { 3_600_000, 60_000, 1_000, 1 };

	private MeshDuration() {
	}

	/**
	 * Reads a duration.
	 * @param text for example {@code 2s}
	 * @return the duration, never negative
	 * @throws IllegalArgumentException when the text is not of the grammar
	 */
	public static Duration parse(String text) {
		Matcher matcher = GRAMMAR.matcher(text);
		if (!matcher.matches()) {
			throw new IllegalArgumentException(
					"must be a duration such as 250ms, 2s or 1m30s (parts of h, m, s, ms in this order) but was '"
							+ text + "'");
		}
		long millis = 0;
		for (int i = 0; i < UNIT_MILLIS.length; i++) {
			String part = matcher.group(i + 1);
			if (part != null) {
				millis += Long.parseLong(part.replaceAll("[a-z]", "")) * UNIT_MILLIS[i];
			}
		}
		return Duration.ofMillis(millis);
	}

	/**
	 * Writes a duration; what is below a millisecond is dropped.
	 * @param duration not negative, below 100,000 hours
	 * @return for example {@code 1m30s}; {@code 0s} for zero
	 */
	public static String format(Duration duration) {
		long millis = duration.toMillis();
		if (millis < 0) {
			throw new IllegalArgumentException("a duration must not be negative but was " + duration);
		}
		StringBuilder text = new StringBuilder();
		append(text, millis / 3_600_000, "h");
		append(text, millis / 60_000 % 60, "m");
		append(text, millis / 1_000 % 60, "s");
		append(text, millis % 1_000, "ms");
		return text.isEmpty() ? "0s" : text.toString();
	}

	private static void append(StringBuilder text, long amount, String unit) {
		if (amount > 0) {
			text.append(amount).append(unit);
		}
	}

}
