package io.meshup.traffic;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import io.meshup.balance.health.Member;
import io.meshup.balance.health.Verdict;
import io.meshup.model.Instance;
import io.meshup.model.rule.policy.OutlierDetection;
import io.meshup.traffic.event.AttemptResult;
import io.meshup.traffic.request.Callee;
import io.meshup.traffic.step.FailureKind;
import io.meshup.traffic.table.Edge;
import io.meshup.traffic.table.ServiceView;
import io.meshup.traffic.table.VersionTarget;
import org.jspecify.annotations.Nullable;

/**
 * One attempt that is on its way: holds a breaker's permission until it is judged, and
 * counts as in flight until it is released. Both happen once, whoever comes first.
 */
final class Attempt {

	private static final AtomicIntegerFieldUpdater<Attempt> PHASE = AtomicIntegerFieldUpdater.newUpdater(Attempt.class,
			"phase");

	private static final long ROUNDING_NANOS = Duration.ofMillis(2).toNanos();

	private static final long USUAL_PUSH_BACK_NANOS = Duration.ofSeconds(5).toNanos();

	private static final int SENT = 0;

	private static final int JUDGED = 1;

	private static final int RELEASED = 2;

	private final ServiceView view;

	private final Member member;

	private final VersionTarget target;

	private final Permits permits;

	private final int number;

	private final long start;

	private volatile int phase = SENT;

	Attempt(ServiceView view, Member member, Permits permits, int number, long start) {
		this.view = view;
		this.member = member;
		this.target = view.target(member);
		this.permits = permits;
		this.number = number;
		this.start = start;
		member.health().onSend();
	}

	String service() {
		return this.view.service();
	}

	Callee callee() {
		return this.view.callee(instance());
	}

	Member member() {
		return this.member;
	}

	Instance instance() {
		return this.member.instance();
	}

	void laneLost() {
		this.target.edge().countLaneLost();
	}

	// Returns whether the caller is the one who says what came of it.
	boolean judge() {
		boolean first = this.phase == SENT && PHASE.compareAndSet(this, SENT, JUDGED);
		if (first) {
			this.member.health().onAnswer();
		}
		return first;
	}

	// Whether a limit was reached, up to what clients round off; one that gave up sooner
	// did so for its own reasons.
	boolean hasTaken(Duration limit, long now) {
		return !limit.isZero() && now - this.start + ROUNDING_NANOS >= limit.toNanos();
	}

	// A head arrived; only after {@link #judge}.
	void answered(int status, long now) {
		long nanos = now - this.start;
		boolean error = status >= 500;
		this.permits.settle(error, nanos);
		count(error, nanos);
		if (error) {
			suspect(now);
			return;
		}
		if (this.view.isLatencyWatched()) {
			this.member.health().onLatency(nanos, now);
		}
		if (this.view.state().health().onSuccess(this.member.health(), outliers(), now)) {
			this.view.state().changes().returned(service(), instance());
		}
	}

	// Busy instances ask to come later; where latency counts, this is theirs.
	void pushedBack(int status, long pause, long now) {
		if (this.view.isLatencyWatched() && (pause > 0 || status == 429)) {
			this.member.health().onPushBack((pause > 0) ? pause : USUAL_PUSH_BACK_NANOS, now);
		}
	}

	// No head came; only after {@link #judge}.
	void failed(FailureKind kind, long now) {
		if (kind == FailureKind.OTHER) {
			giveBack(now);
			this.target.edge().countUnjudged();
			return;
		}
		long nanos = now - this.start;
		this.permits.settle(true, nanos);
		count(true, nanos);
		if (kind != FailureKind.CONNECT) {
			suspect(now);
		}
		else {
			eject(this.view.state().health().onRefused(this.member.health(), outliers(), now));
		}
	}

	// The body of a delivered response broke off.
	void broken(FailureKind kind, long now) {
		if (kind == FailureKind.RESET) {
			suspect(now);
		}
	}

	// The request is over. Returns whether it was not before.
	boolean release() {
		int before = PHASE.getAndSet(this, RELEASED);
		if (before == RELEASED) {
			return false;
		}
		if (before == SENT) {
			this.member.health().onAnswer();
			giveBack(this.view.state().clock().nanoTime());
			this.target.edge().countUnjudged();
		}
		this.member.health().onEnd();
		return true;
	}

	// It is not sent after all, because another choice is better; the rule's breaker goes
	// on to that one.
	void takeBack(long now) {
		PHASE.set(this, RELEASED);
		this.view.state().health().onUnjudged(this.member.health(), this.start, now);
		this.permits.giveBackVersion();
		this.member.health().onAnswer();
		this.member.health().onEnd();
	}

	// Whether the instance has begun to leave while it was chosen. Its callers count what
	// they have chosen after they have put in force that it leaves: so each choice is
	// either counted, or sees this.
	boolean isOutdated(ServiceView present) {
		return this.view != present && present.state().health().isLeaving(this.member);
	}

	AttemptResult result(int status, @Nullable FailureKind failure, long now) {
		return new AttemptResult(service(), instance().version(), instance().id(), this.number, status, failure,
				now - this.start);
	}

	private void giveBack(long now) {
		this.view.state().health().onUnjudged(this.member.health(), this.start, now);
		this.permits.giveBack();
	}

	private void count(boolean error, long nanos) {
		Edge edge = this.target.edge();
		edge.count(error, nanos / 1_000);
		if (this.number > 1) {
			edge.countRetry();
		}
	}

	private void suspect(long now) {
		if (this.view.isLatencyWatched()) {
			this.member.health().onPushBack(now - this.start, now);
		}
		Verdict verdict = this.view.state().health().onError(this.member.health(), outliers(), this.start, now);
		eject(verdict.ejection());
		if (verdict.returned()) {
			this.view.state().changes().returned(service(), instance());
		}
	}

	private void eject(@Nullable String reason) {
		if (reason != null) {
			this.view.state().changes().ejected(service(), instance(), reason);
		}
	}

	private OutlierDetection outliers() {
		return this.view.policy().outlierDetection();
	}

}
