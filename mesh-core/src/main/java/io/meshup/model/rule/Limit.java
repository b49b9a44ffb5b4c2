package io.meshup.model.rule;

import java.time.Duration;
import java.util.regex.Pattern;

import io.meshup.model.rule.match.RouteMatch;
import org.jspecify.annotations.Nullable;

/**
 * How many requests may come in.
 *
 * @param match which requests it counts; {@code null} for all
 * @param per what has an allowance of its own: {@code all} (default) together,
 * {@code source} each calling service, {@code ip} each address, {@code header:NAME} each
 * value of a header
 * @param requests how many in each period, 1 to 1,000,000
 * @param period 100 ms to 24 hours, default one second
 * @param burst how many may come at once, refilled evenly; {@code null} for as many as
 * {@code requests} in any period
 * @param scope over what it counts, default {@link LimitScope#LOCAL}
 */
public record Limit(@Nullable RouteMatch match, String per, long requests, Duration period, @Nullable Long burst,
		LimitScope scope) {

	/**
	 * One allowance for all requests together.
	 */
	public static final String PER_ALL = "all";

	/**
	 * One allowance for each calling service.
	 */
	public static final String PER_SOURCE = "source";

	/**
	 * One allowance for each address.
	 */
	public static final String PER_IP = "ip";

	/**
	 * Begins what has one allowance for each value of a header.
	 */
	public static final String PER_HEADER = "header:";

	/**
	 * The most that a limit can allow in a period, and at once.
	 */
	public static final long MAX_REQUESTS = 1_000_000;

	/**
	 * The shortest period.
	 */
	public static final Duration MIN_PERIOD = Duration.ofMillis(100);

	/**
	 * The longest period.
	 */
	public static final Duration MAX_PERIOD = Duration.ofHours(24);

	private static final Pattern PER = Pattern.compile("all|source|ip|header:[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}");

	@SuppressWarnings({ "ConstantValue", "NullAway" })
	public Limit {
		per = (per != null) ? per : PER_ALL;
		period = (period != null) ? period : Duration.ofSeconds(1);
		scope = (scope != null) ? scope : LimitScope.LOCAL;
		if (!PER.matcher(per).matches()) {
			throw new IllegalArgumentException("'per' must be all, source, ip or header:NAME but was '" + per + "'");
		}
		inRange("requests", requests);
		if (burst != null) {
			inRange("burst", burst);
		}
		if (period.compareTo(MIN_PERIOD) < 0 || period.compareTo(MAX_PERIOD) > 0) {
			throw new IllegalArgumentException(
					"'period' must be between 100ms and 24h but was " + period.toMillis() + "ms");
		}
	}

	private static void inRange(String field, long value) {
		if (value < 1 || value > MAX_REQUESTS) {
			throw new IllegalArgumentException(
					"'" + field + "' must be between 1 and " + MAX_REQUESTS + " but was " + value);
		}
	}

}
