package io.meshup.cache;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

import io.meshup.model.rule.filter.CachePolicy;
import org.jspecify.annotations.Nullable;

/**
 * On which terms a response may be kept: what the response says, then the rule. All in
 * nanoseconds.
 *
 * @param control what the response says of itself
 * @param fresh how long it is fresh, counted from when the service made it
 * @param stale how much longer it may stand in for an error
 * @param age how old it was when it came
 * @param varies the headers that it varies by, in lower case
 */
record Terms(CacheControl control, long fresh, long stale, long age, Set<String> varies) {

	private static final Set<Integer> KEPT = Set.of(200, 203, 301, 308, 404, 410);

	private static final long LONGEST_SECONDS = TimeUnit.DAYS.toSeconds(3650);

	private static final Set<String> NEVER = Set.of("set-cookie", "set-cookie2", "x-mesh-reason", "content-range");

	// Returns nothing for a response that must not be kept, or that would be of no use.
	static @Nullable Terms of(int status, Map<String, String> head, CacheRequest request, CachePolicy policy) {
		CacheControl control = CacheControl.of(head.get("cache-control"));
		if (!KEPT.contains(status) || control.hasAny("no-store", "private") || !request.mayShare(control)
				|| NEVER.stream().anyMatch(head::containsKey) || !isReadable(head, request)) {
			return null;
		}
		Set<String> varies = names(head.get("vary"), request.isPassedThrough());
		long fresh = fresh(control, head, policy);
		Terms terms = new Terms(control, fresh, stale(control, policy), seconds(head.get("age")), varies);
		boolean useful = fresh > terms.age || terms.stale > 0 || head.containsKey("etag")
				|| head.containsKey("last-modified");
		return (useful && !varies.contains("*")) ? terms : null;
	}

	// Clients decode some bodies and leave the header, or take it off: no telling. What
	// never ends is not worth the wait either.
	private static boolean isReadable(Map<String, String> head, CacheRequest request) {
		String type = head.getOrDefault("content-type", "");
		String encoding = head.getOrDefault("content-encoding", "identity");
		return !type.startsWith("text/event-stream")
				&& (request.isPassedThrough() || encoding.equalsIgnoreCase("identity"));
	}

	private static long fresh(CacheControl control, Map<String, String> head, CachePolicy policy) {
		if (control.has("no-cache")) {
			return 0;
		}
		long asked = control.has("s-maxage") ? control.seconds("s-maxage") : control.seconds("max-age");
		if (asked >= 0) {
			return TimeUnit.SECONDS.toNanos(asked);
		}
		String expires = head.get("expires");
		return (expires != null) ? until(head.get("date"), expires) : policy.ttl().toNanos();
	}

	// RFC 9111, section 4.2.4: some directives forbid a stale answer whatever happens.
	private static long stale(CacheControl control, CachePolicy policy) {
		if (control.hasAny("no-cache", "must-revalidate", "proxy-revalidate", "s-maxage")) {
			return 0;
		}
		long asked = control.seconds("stale-if-error");
		return (asked >= 0) ? TimeUnit.SECONDS.toNanos(asked) : policy.staleIfError().toNanos();
	}

	// Both are the service's clock, so that no two clocks need agree.
	private static long until(@Nullable String date, String expires) {
		try {
			long seconds = (date != null) ? Duration.between(time(date), time(expires)).toSeconds() : 0;
			return TimeUnit.SECONDS.toNanos(Math.min(LONGEST_SECONDS, Math.max(0, seconds)));
		}
		catch (DateTimeException ex) {
			return 0;
		}
	}

	private static ZonedDateTime time(String text) {
		return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
	}

	private static long seconds(@Nullable String age) {
		return (age != null && age.matches("[0-9]{1,9}")) ? TimeUnit.SECONDS.toNanos(Long.parseLong(age)) : 0;
	}

	private static Set<String> names(@Nullable String vary, boolean passedThrough) {
		Set<String> names = new TreeSet<>();
		for (String name : (vary != null) ? vary.split(",") : new String[0]) {
			if (!name.isBlank()) {
				names.add(name.strip().toLowerCase(Locale.ROOT));
			}
		}
		if (passedThrough) {
			names.add("accept-encoding");
		}
		return names;
	}

}
