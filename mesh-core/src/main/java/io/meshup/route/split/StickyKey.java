package io.meshup.route.split;

import java.util.function.Function;

import io.meshup.model.StableHash;
import io.meshup.model.rule.match.Sticky;
import io.meshup.route.match.RouteRequest;
import org.jspecify.annotations.Nullable;

/**
 * Where a sticky split, or a balancer by hash, finds its key. Immutable.
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
			return new StickyKey(sticky.key(), (request) -> request.header(sticky.header()));
		}
		if (!sticky.cookie().isEmpty()) {
			return new StickyKey(sticky.key(), (request) -> cookie(request.header("cookie"), sticky.cookie()));
		}
		return sticky.sourceIp() ? new StickyKey(sticky.key(), RouteRequest::remoteAddress) : NONE;
	}

	/**
	 * The key that a route somewhere in the mesh names.
	 * @param name what {@link #name()} was there
	 * @return the key; one without a name where that cannot travel
	 */
	public static StickyKey named(String name) {
		return StickyHashes.canCarry(name) ? of(Sticky.ofKey(name)) : NONE;
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
		return (value != null && !value.isEmpty()) ? nonZero(StableHash.of(value)) : request.stickyHash(this.name);
	}

	private static long nonZero(long hash) {
		return (hash != 0) ? hash : 1;
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
