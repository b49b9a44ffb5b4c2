package io.meshup.traffic;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import io.meshup.cache.CacheRequest;
import io.meshup.cache.CacheUse;
import io.meshup.cache.KeptResponse;
import io.meshup.cache.RuleCache;
import io.meshup.route.filter.HeaderChanges;
import io.meshup.route.filter.HeaderTarget;
import io.meshup.traffic.request.Lanes;
import io.meshup.traffic.request.RequestView;
import io.meshup.traffic.request.ResponseHead;
import io.meshup.traffic.step.Step;
import org.jspecify.annotations.Nullable;

/**
 * One call whose answer may be kept: what the cache says, as steps. As with
 * {@link OutboundCall}, only {@link #close} comes from any thread.
 */
final class CachedCall {

	/** A call that has nothing to do with a cache. */
	static final CachedCall NONE = new CachedCall(null, HeaderChanges.NONE);

	static final String OUTCOME = "cached";

	private static final String HEADER = "x-mesh-cache";

	private static final Step.Wait WAIT = new Step.Wait(Duration.ofMillis(5));

	private static final int NOT_MODIFIED = 304;

	private final @Nullable CacheUse use;

	private final HeaderChanges changes;

	private boolean waiting;

	private CachedCall(@Nullable CacheUse use, HeaderChanges changes) {
		this.use = use;
		this.changes = changes;
	}

	static CachedCall of(Selection chosen, RequestView request) {
		RuleCache cache = chosen.cache();
		if (cache == null || !request.method().equals("GET")) {
			return NONE;
		}
		CacheRequest asked = CacheRequest.of(target(request), Lanes.of(request), request::header,
				request.isPassedThrough());
		return (asked != null) ? new CachedCall(cache.open(asked), chosen.filters().responseHeaders()) : NONE;
	}

	// What stands for the answer to a request, whatever the method.
	static String target(RequestView request) {
		String query = request.rawQuery();
		return (query != null) ? request.path() + '?' + query : request.path();
	}

	// An answer, a wait for another call that gets it, or nothing to go on.
	@Nullable Step ask(long now) {
		if (this.use == null) {
			return null;
		}
		CacheUse.Advice advice = this.use.ask(now);
		this.waiting = advice == CacheUse.Advice.WAIT;
		return switch (advice) {
			case HIT -> answer(this.use.kept(), "hit", now);
			case STALE -> answer(this.use.kept(), "stale", now);
			case WAIT -> WAIT;
			case SEND -> null;
		};
	}

	boolean isWaiting() {
		return this.waiting;
	}

	// The mesh's own headers, and one that asks whether the answer changed.
	Map<String, String> conditions(Map<String, String> own) {
		Map<String, String> conditions = (this.use != null) ? this.use.conditions() : Map.of();
		if (conditions.isEmpty()) {
			return own;
		}
		Map<String, String> all = new HashMap<>(own);
		all.putAll(conditions);
		return all;
	}

	// What is answered in place of this response, or nothing.
	Step.@Nullable Reply instead(int status, ResponseHead head, long now) {
		if (this.use != null && status == NOT_MODIFIED) {
			return answer(this.use.confirm(head.headers(), now), "revalidated", now);
		}
		return (status >= 500) ? standIn(now) : null;
	}

	// What is answered where there is no response, or nothing.
	Step.@Nullable Reply standIn(long now) {
		return (this.use != null) ? answer(this.use.standIn(now), "stale", now) : null;
	}

	Step.Deliver deliver(int status, ResponseHead head, HeaderChanges changes) {
		if (this.use != null) {
			return new Step.Deliver(changes.withOwn(HEADER, "miss"), this.use.record(status, head.headers()));
		}
		return changes.isEmpty() ? Step.Deliver.PLAIN : new Step.Deliver(changes, false);
	}

	void onBody(byte[] bytes, int offset, int length) {
		if (this.use != null) {
			this.use.onBody(bytes, offset, length);
		}
	}

	void onBodyEnd(long now) {
		if (this.use != null) {
			this.use.onBodyEnd(now);
		}
	}

	void onEnd(long now) {
		if (this.use != null) {
			this.use.onEnd(now);
		}
	}

	void close() {
		if (this.use != null) {
			this.use.close();
		}
	}

	private Step.@Nullable Reply answer(@Nullable KeptResponse kept, String how, long now) {
		if (this.use == null || kept == null) {
			return null;
		}
		Map<String, String> headers = kept.headers(now);
		headers.put(HEADER, how);
		this.changes.applyTo(new Target(headers));
		if (this.use.isKnown(kept)) {
			headers.remove("content-length");
			return new Step.Reply(NOT_MODIFIED, headers, new byte[0]);
		}
		return new Step.Reply(kept.status(), headers, kept.body());
	}

	/**
	 * The headers of an answer that is made here.
	 */
	private record Target(Map<String, String> headers) implements HeaderTarget {

		@Override
		public void set(String name, String value) {
			this.headers.put(name, value);
		}

		@Override
		public void add(String name, String value) {
			this.headers.merge(name, value, (one, other) -> one + ", " + other);
		}

		@Override
		public void remove(String name) {
			this.headers.remove(name);
		}

	}

}
