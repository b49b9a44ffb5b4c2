package io.meshup.traffic.request;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

import io.meshup.route.split.StickyHashes;
import org.jspecify.annotations.Nullable;

/**
 * What travels with each call in headers of the mesh's own.
 */
public final class MeshHeaders {

	/** What is left, in milliseconds: relative, so that no two clocks are compared. */
	public static final String TIMEOUT = "x-mesh-timeout";

	/** The hashes of sticky keys. */
	public static final String STICKY = "x-mesh-sticky";

	/** By it participants name themselves. */
	public static final String SOURCE = "x-mesh-source";

	/** Whom the caller means: the service, '@' and the address that it has of it. */
	public static final String TARGET = "x-mesh-target";

	/** How many calls led to this one. */
	static final String HOPS = "x-mesh-hops";

	private static final Pattern MILLIS = Pattern.compile("[0-9]{1,9}");

	private static final Pattern NUMBER = Pattern.compile("[0-9]{1,6}");

	private static final long NANOS = Duration.ofMillis(1).toNanos();

	private MeshHeaders() {
	}

	// What the callee is told: who calls whom, how long it is waited for, and what the
	// request being served brought along. A lane that the application set itself stays.
	public static Map<String, String> forCall(String source, Callee callee, RequestView request, Duration limit) {
		CallContext context = request.context();
		if (context == CallContext.NONE) {
			return callee.headers(source, limit);
		}
		Map<String, String> carried = (request.header(Lanes.HEADER) == null) ? context.carried() : carried(context, "");
		return Callee.isOfRule(limit) ? new OwnHeaders(callee.headers(source, limit), carried, Duration.ZERO)
				: new OwnHeaders(callee.headers(source, Duration.ZERO), carried, limit);
	}

	// What a request brought along is told to everybody who is called for it.
	static Map<String, String> carried(CallContext context, String lane) {
		Map<String, String> headers = new HashMap<>();
		if (context.hops() > 0) {
			headers.put(HOPS, Integer.toString(context.hops() + 1));
		}
		if (!lane.isEmpty()) {
			headers.put(Lanes.HEADER, lane);
		}
		if (!context.sticky().isEmpty()) {
			headers.put(STICKY, context.sticky().toString());
		}
		return Map.copyOf(headers);
	}

	// What every call to this instance says.
	static Map<String, String> ofCallee(String source, String target, Duration limit) {
		return limit.isZero() ? ofCallee(source, target) : ofCallee(source, target, millis(limit));
	}

	private static Map<String, String> ofCallee(String source, String target) {
		return target.isEmpty() ? Map.of(SOURCE, source) : Map.of(SOURCE, source, TARGET, target);
	}

	private static Map<String, String> ofCallee(String source, String target, String millis) {
		return target.isEmpty() ? Map.of(SOURCE, source, TIMEOUT, millis)
				: Map.of(SOURCE, source, TARGET, target, TIMEOUT, millis);
	}

	static String millis(Duration limit) {
		return Long.toString((limit.toNanos() + NANOS - 1) / NANOS);
	}

	public static CallContext read(InboundView request, StickyHashes sticky, long now) {
		String lane = Lanes.read(request::header);
		long left = nanos(request.header(TIMEOUT));
		if (request.header(SOURCE) == null) {
			return (left < 0) ? CallContext.of(lane, sticky) : CallContext.until(now + left, request, lane, sticky);
		}
		CallContext context = (left < 0) ? CallContext.serving(request, lane, sticky)
				: CallContext.until(now + left, request, lane, sticky);
		return context.after(hops(request));
	}

	// How many calls led here, this one included; without the header it is the first.
	public static int hops(InboundView request) {
		String hops = request.header(HOPS);
		return (hops != null && NUMBER.matcher(hops).matches()) ? Integer.parseInt(hops) : 1;
	}

	private static long nanos(@Nullable String millis) {
		return (millis != null && MILLIS.matcher(millis).matches()) ? Long.parseLong(millis) * NANOS : -1;
	}

}
