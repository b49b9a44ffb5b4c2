package io.meshup.traffic;

import java.time.Duration;
import java.util.random.RandomGenerator;

import io.meshup.model.rule.route.RetryPolicy;
import io.meshup.traffic.request.RequestView;

/**
 * Whether and after which wait a failed attempt of a call is repeated elsewhere. Made
 * when an attempt has failed.
 */
final class Retries {

	/** The attempt is not repeated. */
	static final long NONE = -1;

	/** A service that asks for a longer pause gets its answer delivered instead. */
	private static final long MAX_WAIT_NANOS = Duration.ofSeconds(10).toNanos();

	private final Selection chosen;

	private final RequestView request;

	private final CallTime time;

	private final RandomGenerator random;

	Retries(Selection chosen, RequestView request, CallTime time, RandomGenerator random) {
		this.chosen = chosen;
		this.request = request;
		this.time = time;
		this.random = random;
	}

	// Nothing when rule, method, body, time or budget forbid it. What an answer asked for
	// by Retry-After holds where no other instance is left: it is the instance that wants
	// a pause.
	long repeat(Attempt failed, int sent, long pause, long now) {
		RetryPolicy retry = this.chosen.rule().retry();
		if (!retry.methods().contains(this.request.method()) || !this.request.isReplayable() || isLast(retry, sent)) {
			return NONE;
		}
		this.chosen.failedOn(failed);
		long backoff = Pace.backoff(retry, sent, this.random);
		long wait = (pause > backoff && !this.chosen.hasUntried()) ? pause : backoff;
		if (isOver(now + wait) || wait > MAX_WAIT_NANOS || !isInBudget(now)) {
			return NONE;
		}
		return wait;
	}

	// A refused connection sent nothing: any method and body, outside the budget, and at
	// once while another instance is left. Where half of them go at once, three draws may
	// all meet one that is gone: more are made while there is one that did not refuse.
	long reconnect(Attempt failed, int sent, long now) {
		RetryPolicy retry = this.chosen.rule().retry();
		this.chosen.failedOn(failed);
		boolean more = retry.attempts() > 0 && sent <= RetryPolicy.MAX_ATTEMPTS && this.chosen.hasReachable();
		if (!more && isLast(retry, sent)) {
			return NONE;
		}
		long wait = this.chosen.hasUntried() ? 0 : Pace.backoff(retry, sent, this.random);
		return isOver(now + wait) ? NONE : wait;
	}

	private boolean isLast(RetryPolicy retry, int sent) {
		boolean last = sent > retry.attempts();
		if (last && sent > 1) {
			this.request.context().retriesSpent();
		}
		return last;
	}

	private boolean isInBudget(long now) {
		boolean allowed = this.chosen.tryRetry(now);
		if (!allowed) {
			this.request.context().retriesSpent();
		}
		return allowed;
	}

	private boolean isOver(long at) {
		return this.time.isOver(this.chosen.rule().timeouts(), at);
	}

}
