package io.meshup.cache;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * A response that was kept, and whom it may be given to. Immutable.
 */
public final class KeptResponse {

	/** What can be asked after is worth keeping a while longer. */
	private static final long REVALIDATED_NANOS = TimeUnit.HOURS.toNanos(1);

	private static final int OVERHEAD = 400;

	private final Variant variant;

	private final Head head;

	private final byte[] body;

	private final Terms terms;

	private final long made;

	KeptResponse(Variant variant, Head head, byte[] body, Terms terms, long now) {
		this.variant = variant;
		this.head = head;
		this.body = body;
		this.terms = terms;
		this.made = now - terms.age();
	}

	/**
	 * The status.
	 * @return as the service answered
	 */
	public int status() {
		return this.head.status();
	}

	/**
	 * The headers to answer with.
	 * @param now the present
	 * @return new headers with {@code age} and {@code content-length}, names in any case
	 */
	public Map<String, String> headers(long now) {
		Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		headers.putAll(this.head.headers());
		headers.put("age", Long.toString(seconds(now)));
		headers.put("content-length", Integer.toString(this.body.length));
		return headers;
	}

	/**
	 * The body.
	 * @return not to be written to
	 */
	public byte[] body() {
		return this.body;
	}

	/**
	 * Whether the response may be given to a request as it is.
	 * @param request the request
	 * @param now the present
	 * @return {@code false} for one that is too old or must be asked after first
	 */
	public boolean isFresh(CacheRequest request, long now) {
		long limit = request.maxAge();
		return now - this.made < this.terms.fresh() && (limit < 0 || seconds(now) <= limit);
	}

	/**
	 * Whether the response may stand in for an error.
	 * @param now the present
	 * @return {@code true} within {@code staleIfError} of its end
	 */
	public boolean mayStandIn(long now) {
		return this.terms.stale() > 0 && now - this.made - this.terms.fresh() < this.terms.stale();
	}

	/**
	 * What a request says to get the body only if it changed.
	 * @return one header, or none where the service gave nothing to go by
	 */
	public Map<String, String> conditions() {
		String etag = header("etag");
		String modified = header("last-modified");
		if (etag != null) {
			return Map.of("if-none-match", etag);
		}
		return (modified != null) ? Map.of("if-modified-since", modified) : Map.of();
	}

	// This response after a 304; without terms it is for one answer only.
	KeptResponse renewed(Map<String, String> news, CacheUse use, @Nullable Terms terms, long now) {
		return new KeptResponse((terms != null) ? use.variant(terms) : this.variant, this.head.updated(news), this.body,
				(terms != null) ? terms : this.terms, now);
	}

	@Nullable String header(String name) {
		return this.head.headers().get(name);
	}

	Variant variant() {
		return this.variant;
	}

	Head head() {
		return this.head;
	}

	boolean answers(RuleCache rule, CacheRequest request) {
		return this.variant.matches(rule, request) && request.mayShare(this.terms.control());
	}

	// For how long it is of any use.
	long usefulFor(long now) {
		long end = this.terms.fresh() + this.terms.stale() + (conditions().isEmpty() ? 0 : REVALIDATED_NANOS);
		return Math.max(1, end - (now - this.made));
	}

	int size() {
		return OVERHEAD + this.head.size() + this.body.length;
	}

	private long seconds(long now) {
		return Math.max(0, TimeUnit.NANOSECONDS.toSeconds(now - this.made));
	}

}
