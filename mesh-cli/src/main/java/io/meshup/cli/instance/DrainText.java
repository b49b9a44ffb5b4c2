package io.meshup.cli.instance;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.meshup.cli.terminal.Text;
import tools.jackson.databind.JsonNode;

/**
 * How far a drain has come, in words.
 */
final class DrainText {

	private static final int NAMED = 5;

	private DrainText() {
	}

	/**
	 * Who wanted it, since when, and how far it is.
	 * @param drain the {@code drain} of an instance
	 * @param now the present time
	 * @return empty when it is not draining
	 */
	static String of(JsonNode drain, Instant now) {
		return drain.isObject() ? wish(drain, now) + ", " + progress(drain) : "";
	}

	/**
	 * Who wanted it and since when.
	 * @param drain a drain
	 * @param now the present time
	 * @return for example {@code by admin for 34s}
	 */
	static String wish(JsonNode drain, Instant now) {
		String by = Text.of(drain, "by");
		String since = Text.of(drain, "since");
		return (by.isEmpty() ? "leaving" : "by " + by) + (since.isEmpty() ? "" : " for " + Text.ago(since, now));
	}

	/**
	 * With those who are still awaited.
	 * @param drain the {@code drain} of an instance
	 * @return one line
	 */
	static String progress(JsonNode drain) {
		if (!drain.isObject()) {
			return "not draining yet";
		}
		String count = count(drain);
		List<String> awaited = new ArrayList<>();
		drain.path("awaiting").forEach((each) -> awaited.add(Text.plain(each.asString(""))));
		if (awaited.isEmpty()) {
			return count;
		}
		String more = (awaited.size() > NAMED) ? " and " + (awaited.size() - NAMED) + " more" : "";
		return count + ", awaiting " + String.join(", ", awaited.subList(0, Math.min(NAMED, awaited.size()))) + more;
	}

	private static String count(JsonNode drain) {
		String callers = Text.of(drain, "callers");
		return callers.equals("0") ? "no caller to wait for"
				: Text.of(drain, "confirmed") + " of " + callers + " callers confirmed";
	}

	static boolean isDone(JsonNode drain) {
		return drain.path("revision").asLong(0) > 0 && drain.path("done").asBoolean(false);
	}

}
