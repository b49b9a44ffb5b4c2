package io.meshup.traffic.request;

import java.util.function.Function;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * How the name of a lane travels: in a header of ours, or as a member of W3C baggage.
 */
public final class Lanes {

	/** Names the lane of a request. */
	public static final String HEADER = "x-mesh-lane";

	static final String BAGGAGE_HEADER = "baggage";

	private static final String MEMBER = "mesh.lane";

	private static final int MAX_BAGGAGE = 8192;

	private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?");

	private Lanes() {
	}

	// The lane of a call: what the application wrote on it, else that of the request
	// being
	// served, else what a tracer carried.
	public static String of(RequestView request) {
		String own = request.header(HEADER);
		if (own != null) {
			return orEmpty(own.strip());
		}
		String served = request.context().laneName();
		return served.isEmpty() ? member(request.header(BAGGAGE_HEADER)) : served;
	}

	// The lane that headers name; empty for none, and for what cannot be a lane's name.
	static String read(Function<String, @Nullable String> headers) {
		String own = headers.apply(HEADER);
		return (own != null) ? orEmpty(own.strip()) : member(headers.apply(BAGGAGE_HEADER));
	}

	private static String member(@Nullable String baggage) {
		if (baggage == null || baggage.length() > MAX_BAGGAGE || !baggage.contains(MEMBER)) {
			return "";
		}
		for (String member : baggage.split(",")) {
			int properties = member.indexOf(';');
			String pair = (properties < 0) ? member : member.substring(0, properties);
			int equals = pair.indexOf('=');
			if (equals > 0 && pair.substring(0, equals).strip().equals(MEMBER)) {
				return orEmpty(pair.substring(equals + 1).strip());
			}
		}
		return "";
	}

	private static String orEmpty(String name) {
		return NAME.matcher(name).matches() ? name : "";
	}

}
