package io.meshup.traffic;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import io.meshup.limit.CallLimit;
import io.meshup.model.rule.route.Timeouts;
import io.meshup.traffic.event.CallResult;
import io.meshup.traffic.request.MeshHeaders;
import io.meshup.traffic.request.RequestView;
import io.meshup.traffic.request.ResponseHead;
import io.meshup.traffic.request.RetriesSpent;
import io.meshup.traffic.step.FailureKind;
import io.meshup.traffic.step.Refusals;
import io.meshup.traffic.step.RequestChanges;
import io.meshup.traffic.step.Step;
import io.meshup.traffic.table.ServiceView;
import org.jspecify.annotations.Nullable;

/**
 * One call from its beginning to the end of the response. The adapter asks it what to do
 * next and tells it what came of it. The steps of a call follow each other, on whatever
 * threads; {@link #cancel} may come at any time from any thread.
 * <p>
 * The order, outer to inner:
 * <ol>
 * <li>is it a service of the mesh? Otherwise bypass, or 503</li>
 * <li>match a rule; the call keeps it to its end</li>
 * <li>its filters: redirect, delay, abort</li>
 * <li>cache: a kept answer, or a short wait for the call that gets it</li>
 * <li>bulkhead: one more call under way</li>
 * <li>attempts, each within what is left of the call's time:
 * <ol>
 * <li>split: draw a version</li>
 * <li>balance: pick among its instances that were not tried</li>
 * <li>breaker: take the version's permission, or draw again without it</li>
 * <li>send; then classify and record what came of it</li>
 * <li>retry if the rule, the method, the body, the budget and the time allow</li>
 * </ol>
 * </li>
 * <li>deliver the last response, or fail with the last error; a kept answer may stand
 * in</li>
 * </ol>
 */
public sealed class OutboundCall permits ExplainedCall {

	private static final AtomicReferenceFieldUpdater<OutboundCall, CallLimit> ENTERED = AtomicReferenceFieldUpdater
		.newUpdater(OutboundCall.class, CallLimit.class, "entered");

	private static final AtomicIntegerFieldUpdater<OutboundCall> FINISHED = AtomicIntegerFieldUpdater
		.newUpdater(OutboundCall.class, "finished");

	private final TrafficEngine engine;

	private final String service;

	private final RequestView request;

	private final boolean bypassable;

	private final long start;

	private final CallTime time;

	private volatile boolean cancelled;

	private volatile int finished;

	private volatile @Nullable Attempt attempt;

	private volatile @Nullable CallLimit entered;

	private volatile CachedCall cached = CachedCall.NONE;

	private @Nullable Selection selection;

	private @Nullable Throwable lastFailure;

	private Duration limit = Duration.ZERO;

	private int sent;

	private boolean late;

	private boolean delayed;

	OutboundCall(TrafficEngine engine, String service, RequestView request, boolean bypassable) {
		this.engine = engine;
		this.service = service;
		this.request = request;
		this.bypassable = bypassable;
		this.start = engine.now();
		this.time = new CallTime(this.start, request.context());
	}

	/**
	 * The first step.
	 * @return what to do
	 */
	public Step begin() {
		return enter(this.start);
	}

	/**
	 * Goes on after a {@link Step.Wait}.
	 * @return what to do
	 */
	public Step resume() {
		long now = this.engine.now();
		Selection chosen = this.selection;
		if (chosen == null) {
			return enter(now);
		}
		if (this.delayed) {
			this.delayed = false;
			return admit(chosen, Intervention.afterDelay(chosen.filters(), this.service, this.engine.random()), now);
		}
		return this.cached.isWaiting() ? pass(chosen, now) : attempt(chosen, now);
	}

	/**
	 * The head of a response arrived.
	 * @param status its status
	 * @param head its headers
	 * @return {@link Step.Deliver}, or another attempt: then the adapter discards this
	 * response first
	 */
	public Step onHead(int status, ResponseHead head) {
		Attempt judged = this.attempt;
		Selection chosen = this.selection;
		if (judged == null || chosen == null || !judged.judge()) {
			return Step.Deliver.PLAIN;
		}
		long now = this.engine.now();
		if (Refusals.isWrongInstance(status, head)) {
			return misdirected(chosen, judged, status, now);
		}
		judged.answered(status, now);
		long pause = (status >= 400) ? Pace.pause(head) : 0;
		if (status == 429 || status == 503) {
			judged.pushedBack(status, pause, now);
		}
		tell(judged, status, null, now);
		this.lastFailure = null;
		boolean spent = status >= 400 && RetriesSpent.isTold(head);
		Step again = (!spent && chosen.rule().retry().codes().contains(status)) ? repeat(chosen, judged, pause, now)
				: null;
		if (again != null) {
			judged.release();
			return again;
		}
		Step.Reply instead = this.cached.instead(status, head, now);
		if (instead != null) {
			judged.release();
			return answered(instead, now);
		}
		if (spent) {
			this.request.context().retriesSpent();
		}
		finish("delivered", status, now);
		chosen.changed(status);
		return this.cached.deliver(status, head, chosen.filters().responseHeaders());
	}

	// Another service has the instance's address: nothing was done, as if there were no
	// connection; but the body is gone unless it can be sent twice.
	private Step misdirected(Selection chosen, Attempt judged, int status, long now) {
		judged.failed(FailureKind.CONNECT, now);
		judged.release();
		tell(judged, status, FailureKind.CONNECT, now);
		this.lastFailure = null;
		Step again = this.request.isReplayable() ? reconnect(chosen, judged, now) : null;
		return (again != null) ? again : refuse(Refusals.moved(judged.service()), now);
	}

	/**
	 * The attempt failed before the head of a response.
	 * @param ex what the client threw
	 * @param kind what kind of failure it is
	 * @return what to do
	 */
	public Step onFailure(Throwable ex, FailureKind kind) {
		Attempt judged = this.attempt;
		Selection chosen = this.selection;
		if (judged == null || chosen == null || !judged.judge()) {
			return new Step.Fail(ex);
		}
		long now = this.engine.now();
		judged.failed(kind, now);
		judged.release();
		tell(judged, -1, kind, now);
		this.lastFailure = ex;
		this.late = kind == FailureKind.TIMEOUT && judged.hasTaken(this.limit, now);
		Step again = null;
		if (kind.isIn(chosen.rule().retry().on())) {
			again = (kind == FailureKind.CONNECT) ? reconnect(chosen, judged, now) : repeat(chosen, judged, 0, now);
		}
		return (again != null) ? again : lost(ex, now);
	}

	/**
	 * A part of the delivered response's body, as the application reads it; only where
	 * {@link Step.Deliver#capture} asked for it.
	 * @param bytes where it stands
	 * @param offset where it begins
	 * @param length how long it is
	 */
	public void onBody(byte[] bytes, int offset, int length) {
		this.cached.onBody(bytes, offset, length);
	}

	/**
	 * The last byte of the delivered response's body was read, before {@link #onEnd};
	 * only where {@link Step.Deliver#capture} asked for it.
	 */
	public void onBodyEnd() {
		this.cached.onBodyEnd(this.engine.now());
	}

	/**
	 * The delivered response's body ended. Idempotent.
	 * @param bodyFailure what broke it, or {@code null}
	 */
	public void onEnd(@Nullable Throwable bodyFailure) {
		Attempt delivered = this.attempt;
		if (delivered != null && delivered.release() && bodyFailure != null) {
			delivered.broken(FailureKind.of(bodyFailure), this.engine.now());
		}
		if (bodyFailure == null) {
			this.cached.onEnd(this.engine.now());
		}
		leave();
	}

	/**
	 * The caller went away: whatever the call holds is released. Idempotent; may be
	 * called at any time from any thread.
	 */
	public void cancel() {
		this.cancelled = true;
		Attempt open = this.attempt;
		if (open != null) {
			open.release();
		}
		finish("cancelled", -1, this.engine.now());
		leave();
	}

	/**
	 * Why the call went where it went.
	 * @return an explanation in JSON where the request asked and may, else empty
	 */
	public String explanation() {
		return "";
	}

	// What was matched, {@code null} before.
	final @Nullable Selection selection() {
		return this.selection;
	}

	// Is it ours? Then match, and begin the first attempt.
	private Step enter(long now) {
		Duration patience = this.engine.patience(this.service, now);
		// Looked up only now: what was waited for may have come a moment ago.
		ServiceView view = this.engine.services().view(this.service);
		view.used(now);
		if (!patience.isZero()) {
			return new Step.Wait(patience);
		}
		if (!view.isKnown()) {
			return (this.bypassable && this.engine.isForeign(this.service)) ? Step.Bypass.INSTANCE
					: reply(this.engine.unknown(this.service), now);
		}
		Selection chosen = new Selection(this.engine, view, this.request);
		this.selection = chosen;
		return admit(chosen, Intervention.first(chosen.filters(), this.service, this.request, this.engine.random()),
				now);
	}

	// What the filters do instead, or the way through the bulkhead.
	private Step admit(Selection chosen, @Nullable Step instead, long now) {
		if (instead instanceof Step.Reply answer) {
			return reply(answer, now);
		}
		if (instead instanceof Step.Wait wait) {
			this.delayed = true;
			return this.time.cut(wait, chosen.rule().timeouts(), now);
		}
		this.cached = CachedCall.of(chosen, this.request);
		return pass(chosen, now);
	}

	// An answer out of the cache, or in after all.
	private Step pass(Selection chosen, long now) {
		Step kept = this.cached.ask(now);
		if (kept instanceof Step.Reply answer) {
			return answered(answer, now);
		}
		boolean patient = !this.cancelled && !this.time.isOver(chosen.rule().timeouts(), now);
		return (kept != null && patient) ? kept : enter(chosen, now);
	}

	private Step enter(Selection chosen, long now) {
		chosen.begin(now);
		CallLimit limit = chosen.callLimit();
		if (limit != null && !limit.tryEnter()) {
			return refuse(Refusals.bulkheadFull(this.service, limit.limit()), now);
		}
		this.entered = limit;
		if (this.cancelled) {
			leave();
		}
		return attempt(chosen, now);
	}

	private void leave() {
		CallLimit limit = this.entered;
		if (limit != null && ENTERED.compareAndSet(this, limit, null)) {
			limit.leave();
		}
		this.cached.close();
	}

	// An attempt in what is left of the call's time, which a wait may have used up: also
	// that for the first snapshot.
	private Step attempt(Selection chosen, long now) {
		Timeouts timeouts = chosen.rule().timeouts();
		if (this.time.isOver(timeouts, now)) {
			return refuse(this.time.refusal(this.service, timeouts.request(), now), now);
		}
		Step next = send(chosen, now);
		return (next != null) ? next : giveUp(chosen, now);
	}

	// Split, pick and permission; nothing when nobody can take the attempt.
	private @Nullable Step send(Selection chosen, long now) {
		Attempt next = chosen.next(this.sent + 1, now);
		if (next == null) {
			return null;
		}
		this.sent++;
		this.limit = this.time.limit(chosen.rule().timeouts(), now);
		this.attempt = next;
		if (this.cancelled) {
			next.release();
		}
		if (this.engine.hasLost(this.request, now)) {
			next.laneLost();
		}
		Map<String, String> own = MeshHeaders.forCall(this.engine.source(), next.callee(), this.request, this.limit);
		RequestChanges changes = RequestChanges.of(chosen.filters(), this.request.path(), this.cached.conditions(own));
		List<Step.Mirror> mirrors = (this.sent > 1) ? List.of()
				: Mirrors.draw(this.engine, this.service, chosen.filters().mirrors(), changes);
		return new Step.Send(next.service(), next.instance(), changes, this.limit, this.sent, mirrors);
	}

	private Retries retries(Selection chosen) {
		return new Retries(chosen, this.request, this.time, this.engine.random());
	}

	// Another attempt after a wait, or nothing where there is none.
	private @Nullable Step again(Selection chosen, long wait, long now) {
		if (wait < 0) {
			return null;
		}
		return (wait > 0) ? new Step.Wait(Duration.ofNanos(wait)) : send(chosen, now);
	}

	private @Nullable Step repeat(Selection chosen, Attempt failed, long pause, long now) {
		return this.cancelled ? null : again(chosen, retries(chosen).repeat(failed, this.sent, pause, now), now);
	}

	private @Nullable Step reconnect(Selection chosen, Attempt failed, long now) {
		return this.cancelled ? null : again(chosen, retries(chosen).reconnect(failed, this.sent, now), now);
	}

	private Step giveUp(Selection chosen, long now) {
		Throwable failure = this.lastFailure;
		return (failure != null && !chosen.hasFallback()) ? lost(failure, now) : refuse(chosen.refusal(), now);
	}

	// What the mesh cut off is its own refusal, anything else the client's error.
	private Step lost(Throwable failure, long now) {
		if (this.late) {
			return refuse(this.time.refusal(this.service, this.limit, now), now);
		}
		Step.Reply instead = this.cached.standIn(now);
		if (instead != null) {
			return answered(instead, now);
		}
		finish("failed", -1, now);
		leave();
		return new Step.Fail(failure);
	}

	// A refusal, where nothing that is kept may stand in.
	private Step refuse(Step.Reply refusal, long now) {
		Step.Reply instead = this.cached.standIn(now);
		return (instead != null) ? answered(instead, now) : reply(refusal, now);
	}

	private Step answered(Step.Reply kept, long now) {
		finish(CachedCall.OUTCOME, kept.status(), now);
		leave();
		return kept;
	}

	private Step reply(Step.Reply refusal, long now) {
		finish(Refusals.reason(refusal), refusal.status(), now);
		leave();
		return refusal;
	}

	private void tell(Attempt judged, int status, @Nullable FailureKind failure, long now) {
		if (!this.engine.listeners().isEmpty()) {
			this.engine.listeners().onAttempt(judged.result(status, failure, now));
		}
	}

	private void finish(String outcome, int status, long now) {
		if (!this.engine.listeners().isEmpty() && this.finished == 0 && FINISHED.compareAndSet(this, 0, 1)) {
			Attempt last = this.attempt;
			String version = (last != null) ? last.instance().version() : "";
			String name = (this.selection != null) ? this.service : CallResult.UNKNOWN;
			this.engine.listeners().onCall(new CallResult(name, version, outcome, status, this.sent, now - this.start));
		}
	}

}
