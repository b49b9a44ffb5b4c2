package io.meshup.traffic;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

import io.meshup.route.split.StickyHashes;
import org.jspecify.annotations.Nullable;

/**
 * What travels with each call in headers of the mesh's own.
 */
final class MeshHeaders {

	/** What is left, in milliseconds: relative, so that no two clocks are compared. */
	static final String TIMEOUT = "x-mesh-timeout";

	static final String STICKY = "x-mesh-sticky";

	private static final Pattern MILLIS = Pattern.compile("[0-9]{1,9}");

	private static final long NANOS = Duration.ofMillis(1).toNanos();

	private MeshHeaders() {
	}

	// What the callee is told: who calls whom, how long it is waited for, and what the
	// request being served brought along. A lane that the application set itself stays.
	static Map<String, String> forCall(String source, Callee callee, RequestView request, Duration limit) {
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
			headers.put(HopLimit.HEADER, Integer.toString(context.hops() + 1));
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
		return target.isEmpty() ? Map.of(InboundGate.SOURCE_HEADER, source)
				: Map.of(InboundGate.SOURCE_HEADER, source, Misdirection.HEADER, target);
	}

	private static Map<String, String> ofCallee(String source, String target, String millis) {
		return target.isEmpty() ? Map.of(InboundGate.SOURCE_HEADER, source, TIMEOUT, millis)
				: Map.of(InboundGate.SOURCE_HEADER, source, Misdirection.HEADER, target, TIMEOUT, millis);
	}

	static String millis(Duration limit) {
		return Long.toString((limit.toNanos() + NANOS - 1) / NANOS);
	}

	static CallContext read(InboundView request, StickyHashes sticky, long now) {
		String lane = Lanes.read(request::header);
		long left = nanos(request.header(TIMEOUT));
		if (request.header(InboundGate.SOURCE_HEADER) == null) {
			return (left < 0) ? CallContext.of(lane, sticky) : CallContext.until(now + left, request, lane, sticky);
		}
		CallContext context = (left < 0) ? CallContext.serving(request, lane, sticky)
				: CallContext.until(now + left, request, lane, sticky);
		return context.after(HopLimit.of(request));
	}

	private static long nanos(@Nullable String millis) {
		return (millis != null && MILLIS.matcher(millis).matches()) ? Long.parseLong(millis) * NANOS : -1;
	}

}
