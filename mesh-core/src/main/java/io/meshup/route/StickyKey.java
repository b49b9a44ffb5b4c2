package io.meshup.route;

import io.meshup.model.rule.Sticky;
import org.jspecify.annotations.Nullable;

/**
 * Where a sticky split finds its key, and how keys become points.
 */
interface StickyKey {

	/**
	 * Reads the key.
	 * @param request the request
	 * @return the key, or empty when the request has none
	 */
	String read(RouteRequest request);

	static StickyKey of(Sticky sticky) {
		if (!sticky.header().isEmpty()) {
			return (request) -> orEmpty(request.header(sticky.header()));
		}
		if (!sticky.cookie().isEmpty()) {
			return (request) -> cookie(orEmpty(request.header("cookie")), sticky.cookie());
		}
		return (sticky.sourceIp()) ? (request) -> orEmpty(request.remoteAddress()) : (request) -> "";
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

	private static long mix(long value) {
		long mixed = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
		mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
		return mixed ^ (mixed >>> 33);
	}

	private static String orEmpty(@Nullable String text) {
		return (text != null) ? text : "";
	}

	private static String cookie(String header, String name) {
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
