package io.meshup.route;

import java.util.Locale;
import java.util.function.Function;

import io.meshup.model.rule.Sticky;
import org.jspecify.annotations.Nullable;

/**
 * Where a sticky split finds its key, and how keys become points. Immutable.
 */
public final class StickyKey {

	private static final StickyKey NONE = new StickyKey("", (request) -> null);

	private final String name;

	private final Function<RouteRequest, @Nullable String> reader;

	private StickyKey(String name, Function<RouteRequest, @Nullable String> reader) {
		this.name = name;
		this.reader = reader;
	}

	/**
	 * The key that a rule names.
	 * @param sticky what the rule says
	 * @return the key; one without a name when the rule names none
	 */
	public static StickyKey of(Sticky sticky) {
		if (!sticky.header().isEmpty()) {
			return new StickyKey("header:" + sticky.header().toLowerCase(Locale.ROOT),
					(request) -> request.header(sticky.header()));
		}
		if (!sticky.cookie().isEmpty()) {
			return new StickyKey("cookie:" + sticky.cookie(),
					(request) -> cookie(request.header("cookie"), sticky.cookie()));
		}
		return sticky.sourceIp() ? new StickyKey("source", RouteRequest::remoteAddress) : NONE;
	}

	/**
	 * What the key is called where its hash travels on.
	 * @return for example {@code header:x-user}; empty for no key
	 */
	public String name() {
		return this.name;
	}

	/**
	 * The hash of the key's value: the request's own, else the one that the request being
	 * served brought along.
	 * @param request the request
	 * @return never 0 but for a request without the key
	 */
	public long hash(RouteRequest request) {
		if (this.name.isEmpty()) {
			return 0;
		}
		String value = this.reader.apply(request);
		return (value != null && !value.isEmpty()) ? nonZero(hash(value)) : request.stickyHash(this.name);
	}

	/**
	 * A 64-bit FNV-1a hash, so that all callers, on any JDK, agree.
	 * @param text the text
	 * @return its hash
	 */
	static long hash(String text) {
		long hash = 0xcbf29ce484222325L;
		for (int i = 0; i < text.length(); i++) {
			hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
		}
		return mix(hash);
	}

	/**
	 * A point for a hash.
	 * @param hash any number
	 * @return evenly spread between 0 and 1, both excluded
	 */
	static double unit(long hash) {
		return ((mix(hash) >>> 11) + 0.5) * 0x1.0p-53;
	}

	private static long nonZero(long hash) {
		return (hash != 0) ? hash : 1;
	}

	private static long mix(long value) {
		long mixed = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
		mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
		return mixed ^ (mixed >>> 33);
	}

	private static String cookie(@Nullable String header, String name) {
		if (header == null) {
			return "";
		}
		int from = 0;
		while (from < header.length()) {
			int end = header.indexOf(';', from);
			end = (end < 0) ? header.length() : end;
			int equals = header.indexOf('=', from);
			if (equals > 0 && equals < end && header.substring(from, equals).strip().equals(name)) {
				return header.substring(equals + 1, end).strip();
			}
			from = end + 1;
		}
		return "";
	}

}
