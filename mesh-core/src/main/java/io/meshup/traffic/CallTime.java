package io.meshup.traffic;

import java.time.Duration;

import io.meshup.model.rule.route.Timeouts;
import io.meshup.traffic.request.CallContext;
import io.meshup.traffic.step.Refusals;
import io.meshup.traffic.step.Step;

/**
 * How much time a call has: its rule's, cut to what is left of the request that is being
 * served. Immutable.
 */
final class CallTime {

	private final long start;

	private final CallContext context;

	CallTime(long start, CallContext context) {
		this.start = start;
		this.context = context;
	}

	boolean isOver(Timeouts timeouts, long at) {
		return Math.min(ofRule(timeouts, at), this.context.left(at)) <= 0;
	}

	// Each attempt's own limit, cut to what is left of the call's; zero for none. As the
	// rule has it where it is not cut: nothing is made for most calls.
	Duration limit(Timeouts timeouts, long now) {
		Duration own = timeouts.backendRequest().isZero() ? timeouts.request() : timeouts.backendRequest();
		long uncut = own.isZero() ? Long.MAX_VALUE : own.toNanos();
		long left = Math.min(ofRule(timeouts, now), this.context.left(now));
		return (uncut <= left) ? own : Duration.ofNanos(Math.max(1, left));
	}

	// As much of a wait as the call has time for.
	Step.Wait cut(Step.Wait wait, Timeouts timeouts, long now) {
		long left = Math.min(ofRule(timeouts, now), this.context.left(now));
		return (wait.duration().toNanos() <= left) ? wait : new Step.Wait(Duration.ofNanos(Math.max(1, left)));
	}

	// What is answered when the time is over: of the rule, or of the request being
	// served.
	Step.Reply refusal(String service, Duration limit, long now) {
		return (this.context.left(now) <= 0) ? Refusals.deadline(service) : Refusals.timeout(service, limit);
	}

	private long ofRule(Timeouts timeouts, long at) {
		return timeouts.request().isZero() ? Long.MAX_VALUE : timeouts.request().toNanos() - (at - this.start);
	}

}
