package io.meshup.traffic.request;

import java.util.Map;
import java.util.Optional;

import io.meshup.route.split.StickyHashes;
import org.jspecify.annotations.Nullable;

/**
 * What a request brought along for the calls that are made to answer it: how much time is
 * left, its lane, the hashes of its sticky keys, and how many calls led to it. Made by
 * {@code InboundGate}, carried by the adapters to where a call is made. Thread-safe.
 */
public final class CallContext {

	/**
	 * Nothing was brought along, or no request is being served.
	 */
	public static final CallContext NONE = new CallContext("", StickyHashes.NONE, 0, null, 0);

	private static final long NO_LIMIT = Long.MIN_VALUE;

	private final String lane;

	private final StickyHashes sticky;

	private final long deadline;

	private volatile @Nullable InboundView waiting;

	private final int hops;

	private volatile @Nullable Map<String, String> carried;

	private CallContext(String lane, StickyHashes sticky, long deadline, @Nullable InboundView waiting, int hops) {
		this.hops = hops;
		this.lane = lane;
		this.sticky = sticky;
		this.deadline = deadline;
		this.waiting = waiting;
	}

	// Without a limit of its time.
	static CallContext of(String lane, StickyHashes sticky) {
		return (lane.isEmpty() && sticky.isEmpty()) ? NONE : new CallContext(lane, sticky, 0, null, 0);
	}

	// Its caller waits for the head of the answer for as long as it takes.
	static CallContext serving(InboundView waiting, String lane, StickyHashes sticky) {
		return new CallContext(lane, sticky, NO_LIMIT, waiting, 0);
	}

	// Its caller waits for the head of the answer until then.
	static CallContext until(long deadline, InboundView waiting, String lane, StickyHashes sticky) {
		return new CallContext(lane, sticky, deadline, waiting, 0);
	}

	/**
	 * The lane that the request came in.
	 * @return empty for the base
	 */
	public Optional<String> lane() {
		return this.lane.isEmpty() ? Optional.empty() : Optional.of(this.lane);
	}

	// It came over so many calls of the mesh.
	CallContext after(int calls) {
		return new CallContext(this.lane, this.sticky, this.deadline, this.waiting, calls);
	}

	int hops() {
		return this.hops;
	}

	String laneName() {
		return this.lane;
	}

	StickyHashes sticky() {
		return this.sticky;
	}

	// In headers, the same for all calls. Made when the first is, maybe twice.
	Map<String, String> carried() {
		Map<String, String> headers = this.carried;
		if (headers == null) {
			headers = MeshHeaders.carried(this, this.lane);
			this.carried = headers;
		}
		return headers;
	}

	// What is left for calls, in nanoseconds. Nobody waits any more once the head of the
	// answer is on its way: what is done then, for a stream or after it all, has no
	// limit.
	public long left(long now) {
		InboundView asked = this.waiting;
		if (asked == null) {
			return Long.MAX_VALUE;
		}
		if (asked.isAnswered()) {
			answered();
			return Long.MAX_VALUE;
		}
		return (this.deadline == NO_LIMIT) ? Long.MAX_VALUE : this.deadline - now;
	}

	// A call that was made to answer the request failed after retries.
	public void retriesSpent() {
		InboundView asked = this.waiting;
		if (asked != null && !asked.isAnswered()) {
			asked.answerWith(RetriesSpent.HEADER, RetriesSpent.VALUE);
		}
	}

	public void answered() {
		this.waiting = null;
	}

}
