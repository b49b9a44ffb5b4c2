package io.meshup.cache;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import org.jspecify.annotations.Nullable;

/**
 * What one call does with the cache, from its question to the last byte of its answer.
 * The steps of a call follow each other; {@link #close} may come at any time from any
 * thread.
 */
public final class CacheUse {

	/** Says nothing about the answer: too early, too many, too slow. */
	private static final Set<Integer> LATER = Set.of(408, 425, 429);

	/**
	 * What to do with a request.
	 */
	public enum Advice {

		/** Answer with {@link CacheUse#kept()}, which is fresh. */
		HIT,

		/** Answer with {@link CacheUse#kept()}, which stands in for an error. */
		STALE,

		/** Wait a moment and ask again: another call gets the answer. */
		WAIT,

		/** Send it. */
		SEND

	}

	private static final AtomicReferenceFieldUpdater<CacheUse, Flight> LED = AtomicReferenceFieldUpdater
		.newUpdater(CacheUse.class, Flight.class, "led");

	private final ResponseCache all;

	private final RuleCache rule;

	private final CacheRequest request;

	private @Nullable KeptResponse kept;

	private @Nullable Flight awaited;

	private long waiting;

	private volatile @Nullable Flight led;

	private volatile @Nullable Recording recording;

	private volatile boolean closed;

	private boolean failed;

	CacheUse(ResponseCache all, RuleCache rule, CacheRequest request) {
		this.all = all;
		this.rule = rule;
		this.request = request;
	}

	/**
	 * Asks for an answer.
	 * @param now the present
	 * @return what to do
	 */
	public Advice ask(long now) {
		KeptResponse found = this.all.find(this.rule, this.request);
		this.kept = found;
		if (found != null && found.isFresh(this.request, now)) {
			return Advice.HIT;
		}
		Flight other = this.awaited;
		if (this.request.isConditional() || (this.request.isPersonal() && found == null)) {
			return Advice.SEND;
		}
		if (other != null && other.isOver() && other.end() != Flight.End.ABANDONED) {
			boolean instead = other.end() == Flight.End.FAILED && found != null && found.mayStandIn(now);
			return instead ? Advice.STALE : Advice.SEND;
		}
		return waitOrLead(other, now);
	}

	private Advice waitOrLead(@Nullable Flight other, long now) {
		if (other == null) {
			this.waiting = now;
		}
		if (now - this.waiting >= ResponseCache.LONGEST_FLIGHT_NANOS) {
			return Advice.SEND;
		}
		Flight own = this.all.flight(this.rule, this.request, now);
		Flight present = (own != null) ? this.all.join(own) : null;
		if (present != null && present != own) {
			this.awaited = present;
			return Advice.WAIT;
		}
		this.led = present;
		if (this.closed) {
			end(Flight.End.ABANDONED);
		}
		return Advice.SEND;
	}

	/**
	 * What is kept for the request.
	 * @return maybe no longer fresh; {@code null} for nothing
	 */
	public @Nullable KeptResponse kept() {
		return this.kept;
	}

	/**
	 * Whether the application has an answer already.
	 * @param answer what the cache would give
	 * @return {@code true} where 304 says it all
	 */
	public boolean isKnown(KeptResponse answer) {
		return this.request.knows(answer);
	}

	/**
	 * What is sent along to get the body only if it changed.
	 * @return one header, or none
	 */
	public Map<String, String> conditions() {
		KeptResponse known = this.kept;
		return (known == null || this.request.isConditional()) ? Map.of() : known.conditions();
	}

	/**
	 * The attempts failed.
	 * @param now the present
	 * @return what may stand in, or {@code null}
	 */
	public @Nullable KeptResponse standIn(long now) {
		this.failed = true;
		KeptResponse known = this.kept;
		return (known != null && known.mayStandIn(now)) ? known : null;
	}

	/**
	 * The service says by 304 that what is kept still holds.
	 * @param headers the headers of its answer
	 * @param now the present
	 * @return what to answer with; {@code null} where nothing was asked
	 */
	public @Nullable KeptResponse confirm(Map<String, String> headers, long now) {
		KeptResponse known = this.kept;
		if (known == null || conditions().isEmpty()) {
			return null;
		}
		Map<String, String> all = inAnyCase(known.head().headers());
		all.putAll(headers);
		all.remove("content-length");
		Terms terms = Terms.of(known.status(), all, this.request, this.rule.policy());
		KeptResponse renewed = known.renewed(headers, this, terms, now);
		if (terms != null) {
			this.all.keep(this.request.target(), renewed);
		}
		else {
			this.all.remove(this.request.target(), known::equals);
		}
		end((terms != null) ? Flight.End.KEPT : Flight.End.FAILED);
		return renewed;
	}

	/**
	 * A response is delivered.
	 * @param status its status
	 * @param headers its headers
	 * @return whether its body is worth looking at
	 */
	public boolean record(int status, Map<String, String> headers) {
		if (this.request.isConditional()) {
			return false;
		}
		Map<String, String> head = inAnyCase(headers);
		Terms terms = Terms.of(status, head, this.request, this.rule.policy());
		Recording begun = (terms != null) ? new Recording(new Head(status, head), terms, head.get("content-length"))
				: null;
		if (begun == null || begun.isTooLarge()) {
			refuse(status < 500 && !LATER.contains(status));
			return false;
		}
		this.recording = begun;
		return true;
	}

	/**
	 * A part of the body.
	 * @param bytes where it stands
	 * @param offset where it begins
	 * @param length how long it is
	 */
	public void onBody(byte[] bytes, int offset, int length) {
		Recording open = this.recording;
		if (open != null && !open.add(bytes, offset, length)) {
			this.recording = null;
			refuse(true);
		}
	}

	/**
	 * The last byte of the body was read.
	 * @param now the present
	 */
	public void onBodyEnd(long now) {
		Recording whole = this.recording;
		this.recording = null;
		if (whole != null && !this.closed) {
			this.all.keep(this.request.target(), whole.response(this, now));
			end(Flight.End.KEPT);
		}
	}

	/**
	 * Nothing more is read; the body may have come as a whole.
	 * @param now the present
	 */
	public void onEnd(long now) {
		Recording open = this.recording;
		if (open != null && open.isWhole()) {
			onBodyEnd(now);
		}
		close();
	}

	/**
	 * The call is over, however it went: who waits for it goes on. Idempotent.
	 */
	public void close() {
		this.closed = true;
		this.recording = null;
		end(this.failed ? Flight.End.FAILED : Flight.End.ABANDONED);
	}

	// The answer is not one to keep, nor are the next ones likely to be; what is kept may
	// have been replaced by it. What one person gets says nothing of others.
	private void refuse(boolean lasting) {
		if (lasting && !this.request.isPersonal()) {
			KeptResponse known = this.kept;
			if (known != null) {
				this.all.remove(this.request.target(), known::equals);
			}
			this.all.pass(this.rule, this.request);
		}
		end(Flight.End.FAILED);
	}

	Variant variant(Terms terms) {
		return Variant.of(this.rule, this.request, terms);
	}

	private void end(Flight.End how) {
		Flight flight = (this.led != null) ? LED.getAndSet(this, null) : null;
		if (flight != null) {
			this.all.end(flight, how);
		}
	}

	private static Map<String, String> inAnyCase(Map<String, String> headers) {
		Map<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		copy.putAll(headers);
		return copy;
	}

}
