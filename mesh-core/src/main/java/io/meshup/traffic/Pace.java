package io.meshup.traffic;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

import io.meshup.model.rule.route.RetryPolicy;
import io.meshup.traffic.request.ResponseHead;
import org.jspecify.annotations.Nullable;

/**
 * How long to wait between attempts. Stateless.
 */
final class Pace {

	private static final long MAX_PAUSE_NANOS = Duration.ofMinutes(5).toNanos();

	private static final long MAX_BACKOFF_NANOS = Duration.ofSeconds(10).toNanos();

	private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");

	private Pace() {
	}

	// Doubles with each retry, up to 10 s; half of it is jitter, so that callers do not
	// march.
	static long backoff(RetryPolicy retry, int sent, RandomGenerator random) {
		long first = Math.min(MAX_BACKOFF_NANOS, retry.backoff().toNanos());
		long nanos = Math.min(MAX_BACKOFF_NANOS, first << Math.min(sent - 1, 10));
		return (nanos > 0) ? nanos / 2 + random.nextLong(nanos / 2 + 1) : 0;
	}

	// What an answer asks for by Retry-After (RFC 9110, section 10.2.3), 0 for nothing. A
	// date is compared with the answer's own date, so that no clock need agree.
	static long pause(ResponseHead head) {
		String asked = head.header("retry-after");
		if (asked == null) {
			return 0;
		}
		Duration pause = SECONDS.matcher(asked).matches() ? Duration.ofSeconds(Long.parseLong(asked))
				: between(head.header("date"), asked);
		return pause.isNegative() ? 0 : Math.min(MAX_PAUSE_NANOS, pause.toNanos());
	}

	private static Duration between(@Nullable String from, String to) {
		try {
			return (from != null) ? Duration.between(date(from), date(to)) : Duration.ZERO;
		}
		catch (DateTimeException ex) {
			return Duration.ZERO;
		}
	}

	private static ZonedDateTime date(String text) {
		return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
	}

}
