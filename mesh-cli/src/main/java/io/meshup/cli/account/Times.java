package io.meshup.cli.account;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.meshup.cli.registry.CommandFailure;
import io.meshup.cli.registry.ExitCode;

/**
 * Times on the command line: as such, or counted from now.
 */
final class Times {

	private static final Pattern COUNTED = Pattern.compile("([0-9]{1,5})([smhd])");

	private Times() {
	}

	/**
	 * Reads one.
	 * @param text for example {@code 90d} or {@code 2030-01-31T00:00:00Z}
	 * @param present the present time
	 * @param direction 1 for what is to come, -1 for what was
	 * @return the time in ISO-8601
	 */
	static String read(String text, Instant present, int direction) {
		Instant now = present.truncatedTo(ChronoUnit.SECONDS);
		Matcher counted = COUNTED.matcher(text);
		if (counted.matches()) {
			return now.plusSeconds(direction * Long.parseLong(counted.group(1)) * seconds(counted.group(2))).toString();
		}
		try {
			return Instant.parse(text).toString();
		}
		catch (DateTimeParseException ex) {
			throw new CommandFailure(ExitCode.USAGE,
					"'" + text + "' is no time: write for example 90d, 12h, 30m or 2030-01-31T00:00:00Z.");
		}
	}

	private static long seconds(String unit) {
		return switch (unit) {
			case "s" -> 1;
			case "m" -> Duration.ofMinutes(1).toSeconds();
			case "h" -> Duration.ofHours(1).toSeconds();
			default -> Duration.ofDays(1).toSeconds();
		};
	}

}
