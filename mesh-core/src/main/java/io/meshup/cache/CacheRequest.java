package io.meshup.cache;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * A GET as the cache sees it. Belongs to one call.
 */
public final class CacheRequest {

	private static final List<String> PASS_BY = List.of("range", "if-modified-since", "if-unmodified-since", "if-match",
			"if-range", "transfer-encoding");

	private static final List<String> ORIGIN = List.of("accept", "host", "forwarded", "x-forwarded-host",
			"x-forwarded-proto", "x-forwarded-port", "x-forwarded-prefix");

	private final String target;

	private final String lane;

	private final Function<String, @Nullable String> headers;

	private final boolean passedThrough;

	private final CacheControl control;

	private CacheRequest(String target, String lane, Function<String, @Nullable String> headers,
			boolean passedThrough) {
		this.target = target;
		this.lane = lane;
		this.headers = headers;
		this.passedThrough = passedThrough;
		this.control = CacheControl.of(headers.apply("cache-control"));
	}

	/**
	 * Looks at a GET.
	 * @param target its raw path and query
	 * @param lane its lane, or empty
	 * @param headers its headers
	 * @param passedThrough whether its response goes on as it came, encoded or not
	 * @return the request, or {@code null} for one that passes the cache by
	 */
	public static @Nullable CacheRequest of(String target, String lane, Function<String, @Nullable String> headers,
			boolean passedThrough) {
		CacheRequest request = new CacheRequest(target, lane, headers, passedThrough);
		return request.passesBy() ? null : request;
	}

	private boolean passesBy() {
		if (this.control.hasAny("no-store", "no-cache") || this.control.seconds("max-age") == 0) {
			return true;
		}
		for (String name : PASS_BY) {
			if (this.headers.apply(name) != null) {
				return true;
			}
		}
		String length = this.headers.apply("content-length");
		String accept = this.headers.apply("accept");
		return "no-cache".equalsIgnoreCase(this.headers.apply("pragma"))
				|| "websocket".equalsIgnoreCase(this.headers.apply("upgrade"))
				|| (length != null && !"0".equals(length))
				|| (accept != null && accept.startsWith("text/event-stream"));
	}

	// Whether the application asks for a change only, by If-None-Match: such a request
	// may
	// be answered 304, and nothing of it is kept.
	boolean isConditional() {
		return this.headers.apply("if-none-match") != null;
	}

	// Whether the application's If-None-Match names an answer that it has already.
	boolean knows(KeptResponse kept) {
		String etag = kept.header("etag");
		String asked = this.headers.apply("if-none-match");
		if (etag == null || asked == null) {
			return false;
		}
		for (String one : asked.split(",")) {
			if (one.strip().equals("*") || weak(one.strip()).equals(weak(etag))) {
				return true;
			}
		}
		return false;
	}

	private static String weak(String etag) {
		return etag.startsWith("W/") ? etag.substring(2) : etag;
	}

	// Whether the request may bring an answer that is for its sender only.
	boolean isPersonal() {
		return isAuthorized() || hasCookie();
	}

	// Whether an answer with these directives may be kept from, or given to, this
	// request.
	boolean mayShare(CacheControl response) {
		if (hasCookie() && !response.has("public")) {
			return false;
		}
		return !isAuthorized() || response.hasAny("public", "s-maxage");
	}

	// How old an answer may be at most, in seconds, or -1.
	long maxAge() {
		return this.control.seconds("max-age");
	}

	boolean isPassedThrough() {
		return this.passedThrough;
	}

	String target() {
		return this.target;
	}

	String lane() {
		return this.lane;
	}

	// What services often go by without saying so by Vary: the wanted format, and the
	// address that links are made of, which a caller of a gateway can choose at will.
	String origin() {
		StringBuilder origin = new StringBuilder();
		ORIGIN.forEach((name) -> origin.append(value(name)).append('\n'));
		return origin.toString();
	}

	// What this request says in the headers that an answer varies by.
	Map<String, String> values(Iterable<String> names) {
		Map<String, String> values = new TreeMap<>();
		names.forEach((name) -> values.put(name, value(name)));
		return values;
	}

	private String value(String name) {
		String value = this.headers.apply(name);
		return (value != null) ? value.strip() : "";
	}

	private boolean isAuthorized() {
		return this.headers.apply("authorization") != null;
	}

	private boolean hasCookie() {
		return this.headers.apply("cookie") != null;
	}

}
