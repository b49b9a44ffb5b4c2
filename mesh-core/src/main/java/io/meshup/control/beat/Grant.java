package io.meshup.control.beat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.meshup.model.MeshDuration;
import io.meshup.model.MeshJson;
import io.meshup.model.beat.DrainProgress;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the answer to a beat grants, read leniently: a registry of another version must
 * not stop the beats, and no answer can turn them into a flood or a standstill.
 *
 * @param beat until the next beat, 50 ms to 30 s
 * @param revision the registry's revision, or 0
 * @param drain how far this instance's drain has come, or {@code null} when the answer
 * does not tell
 * @param shares parts of mesh-wide limits, 0 to 1
 * @param elsewhere whether another registry is better placed
 */
record Grant(Duration beat, long revision, @Nullable DrainProgress drain, Map<String, Double> shares,
		boolean elsewhere) {

	private static final Duration SHORTEST = Duration.ofMillis(50);

	private static final Duration LONGEST = Duration.ofSeconds(30);

	private static final Pattern SECONDS = Pattern.compile("[0-9]{1,5}\\.[0-9]{1,9}s");

	static Grant read(byte[] body, Duration present) {
		try {
			JsonNode answer = MeshJson.readTree(body);
			Duration beat = duration(answer.path("beat").asString(""), present);
			return new Grant(bounded(beat), Math.max(0, answer.path("revision").asLong(0)), drain(answer.path("drain")),
					shares(answer.path("shares")), answer.path("elsewhere").asBoolean(false));
		}
		catch (RuntimeException ex) {
			return new Grant(present, 0, null, Map.of(), false);
		}
	}

	private static @Nullable DrainProgress drain(JsonNode answer) {
		return answer.isObject() ? MeshJson.read(answer, DrainProgress.class) : null;
	}

	private static Map<String, Double> shares(JsonNode node) {
		Map<String, Double> shares = new HashMap<>();
		node.properties().forEach((share) -> {
			double part = share.getValue().asDouble(-1);
			if (part >= 0 && part <= 1) {
				shares.put(share.getKey(), part);
			}
		});
		return shares;
	}

	private static Duration duration(String text, Duration present) {
		Matcher seconds = SECONDS.matcher(text);
		if (seconds.matches()) {
			BigDecimal amount = new BigDecimal(text.substring(0, text.length() - 1));
			return Duration.ofNanos(amount.movePointRight(9).longValue());
		}
		return text.isEmpty() ? present : MeshDuration.parse(text);
	}

	private static Duration bounded(Duration beat) {
		if (beat.compareTo(SHORTEST) < 0) {
			return SHORTEST;
		}
		return (beat.compareTo(LONGEST) > 0) ? LONGEST : beat;
	}

}
