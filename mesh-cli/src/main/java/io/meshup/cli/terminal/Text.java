package io.meshup.cli.terminal;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;

import tools.jackson.databind.JsonNode;

/**
 * How values are written for people.
 */
public final class Text {

	private Text() {
	}

	/**
	 * A text of somebody else without what would steer the terminal.
	 * @param text any text
	 * @return the same with a question mark for each control character
	 */
	public static String plain(String text) {
		return text.codePoints()
			.map((character) -> isSteering(character) ? '?' : character)
			.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
			.toString();
	}

	private static boolean isSteering(int character) {
		return Character.isISOControl(character) || Character.getType(character) == Character.FORMAT;
	}

	/**
	 * A field of an answer.
	 * @param node the object
	 * @param field its name
	 * @return its text, empty when there is none
	 */
	public static String of(JsonNode node, String field) {
		JsonNode value = node.path(field);
		if (value.isMissingNode() || value.isNull()) {
			return "";
		}
		return plain(value.isValueNode() ? value.asString("") : value.toString());
	}

	/**
	 * A rate or a latency.
	 * @param number any number
	 * @return without decimals from 100 on, with one below
	 */
	public static String number(double number) {
		return (number == 0) ? "0" : String.format(Locale.ROOT, (number >= 100) ? "%.0f" : "%.1f", number);
	}

	/**
	 * A share of a whole.
	 * @param part the part
	 * @param whole the whole
	 * @return for example {@code 12.5 %}; empty of nothing
	 */
	public static String share(double part, double whole) {
		return (whole == 0) ? "" : number(100 * part / whole) + " %";
	}

	/**
	 * How long ago something was.
	 * @param time an ISO time
	 * @param now the present time
	 * @return for example {@code 3m}; the text itself when it is no time
	 */
	public static String ago(String time, Instant now) {
		try {
			long seconds = Math.max(0, Duration.between(Instant.parse(time), now).toSeconds());
			if (seconds < 120) {
				return seconds + "s";
			}
			if (seconds < 7200) {
				return seconds / 60 + "m";
			}
			return (seconds < 172_800) ? seconds / 3600 + "h" : seconds / 86_400 + "d";
		}
		catch (DateTimeParseException ex) {
			return plain(time);
		}
	}

	/**
	 * A count with its word.
	 * @param count how many
	 * @param one the word for one
	 * @return for example {@code 2 rules}
	 */
	public static String count(long count, String one) {
		return count + " " + one + ((count == 1) ? "" : "s");
	}

}
