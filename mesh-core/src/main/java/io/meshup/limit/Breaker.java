package io.meshup.limit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowSynchronizationStrategy;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.core.IntervalFunction;
import io.meshup.model.BreakerState;
import io.meshup.model.rule.policy.CircuitBreaker;
import org.jspecify.annotations.Nullable;

/**
 * Leaves one version of a service out once too many of its calls fail or are slow.
 * Resilience4j's state machine, entered at its lowest level: a permission is taken before
 * an attempt and given back by exactly one of its methods. What comes of an attempt
 * counts only in the period that permitted it: an old call that ends while the breaker is
 * half-open is not one of its probes. Thread-safe.
 */
public final class Breaker {

	private static final Duration NEVER_SLOW = Duration.ofDays(1);

	/**
	 * Probes that hang for longer say nothing: it opens again, and lets others through.
	 */
	private static final long PROBE_NANOS = Duration.ofSeconds(30).toNanos();

	private static final AtomicReferenceFieldUpdater<Breaker, Permission> PRESENT = AtomicReferenceFieldUpdater
		.newUpdater(Breaker.class, Permission.class, "present");

	private static final AttemptError ERROR = new AttemptError();

	private final CircuitBreaker rule;

	private final Consumer<BreakerState> listener;

	private volatile Permission present = new Permission(State.CLOSED);

	private final io.github.resilience4j.circuitbreaker.CircuitBreaker machine;

	private final LongSupplier nanoTime;

	private volatile long permittedAt;

	/**
	 * Makes a closed breaker.
	 * @param name for its own messages
	 * @param rule when it opens and closes
	 * @param nanoTime monotonic time
	 * @param listener hears of changes of its state, on the thread that caused them
	 */
	public Breaker(String name, CircuitBreaker rule, LongSupplier nanoTime, Consumer<BreakerState> listener) {
		this.rule = rule;
		this.listener = listener;
		this.nanoTime = nanoTime;
		this.machine = io.github.resilience4j.circuitbreaker.CircuitBreaker.of(name, config(rule, nanoTime));
	}

	/**
	 * What it was made from.
	 * @return the rule
	 */
	public CircuitBreaker rule() {
		return this.rule;
	}

	/**
	 * Its present state. An open breaker shows as open until the first attempt after its
	 * time.
	 * @return the state
	 */
	public BreakerState state() {
		return shown(this.machine.getState());
	}

	/**
	 * Asks for an attempt.
	 * @return the permission, or {@code null} when it must not be sent
	 */
	public @Nullable Permission tryAcquire() {
		boolean permitted = this.machine.tryAcquirePermission();
		if (permitted) {
			this.permittedAt = this.nanoTime.getAsLong();
		}
		else if (this.machine.getState() == State.HALF_OPEN
				&& this.nanoTime.getAsLong() - this.permittedAt >= PROBE_NANOS) {
			this.machine.transitionToOpenState();
		}
		Permission present = tell();
		return permitted ? present : null;
	}

	// Resilience4j's own publisher would make an event of every attempt, for a listener
	// of its transitions alone.
	private Permission tell() {
		while (true) {
			Permission present = this.present;
			State state = this.machine.getState();
			if (present.state == state) {
				return present;
			}
			Permission next = new Permission(state);
			if (PRESENT.compareAndSet(this, present, next)) {
				this.listener.accept(shown(state));
				return next;
			}
		}
	}

	private static BreakerState shown(State state) {
		return switch (state) {
			case OPEN, FORCED_OPEN -> BreakerState.OPEN;
			case HALF_OPEN -> BreakerState.HALF_OPEN;
			default -> BreakerState.CLOSED;
		};
	}

	private static CircuitBreakerConfig config(CircuitBreaker rule, LongSupplier nanoTime) {
		int seconds = (int) rule.window().plusNanos(999_999_999).toSeconds();
		return CircuitBreakerConfig.custom()
			.slidingWindow(seconds, rule.minimumCalls(), SlidingWindowType.TIME_BASED,
					SlidingWindowSynchronizationStrategy.SYNCHRONIZED)
			.failureRateThreshold(rule.failureRatePercent())
			.slowCallRateThreshold(rule.slowCallRatePercent())
			.slowCallDurationThreshold(slowFrom(rule))
			.waitIntervalFunctionInOpenState(IntervalFunction.of(rule.openDuration()))
			.permittedNumberOfCallsInHalfOpenState(rule.halfOpenCalls())
			.automaticTransitionFromOpenToHalfOpenEnabled(false)
			.writableStackTraceEnabled(false)
			.clock(new MonotonicClock(nanoTime))
			.currentTimestampFunction((clock) -> nanoTime.getAsLong(), TimeUnit.NANOSECONDS)
			.build();
	}

	// The rule says "at least this long", Resilience4j counts what is longer.
	private static Duration slowFrom(CircuitBreaker rule) {
		return rule.slowCallDuration().isZero() ? NEVER_SLOW : rule.slowCallDuration().minusNanos(1);
	}

	// The window and the open time follow the injected clock, whatever its origin.
	private static final class MonotonicClock extends Clock {

		private final LongSupplier nanoTime;

		private final long origin;

		MonotonicClock(LongSupplier nanoTime) {
			this.nanoTime = nanoTime;
			this.origin = nanoTime.getAsLong();
		}

		@Override
		public ZoneId getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return this;
		}

		@Override
		public Instant instant() {
			return Instant.ofEpochSecond(0, this.nanoTime.getAsLong() - this.origin);
		}

	}

	/**
	 * Lets one attempt go. The same for all attempts between two changes of the breaker's
	 * state; once that has changed it counts for nothing.
	 */
	public final class Permission {

		private final State state;

		private Permission(State state) {
			this.state = state;
		}

		/**
		 * The attempt was answered well.
		 * @param nanos how long that took
		 */
		public void onSuccess(long nanos) {
			if (isPresent()) {
				Breaker.this.machine.onSuccess(nanos, TimeUnit.NANOSECONDS);
				tell();
			}
		}

		/**
		 * The attempt failed or was answered with an error.
		 * @param nanos how long that took
		 */
		public void onError(long nanos) {
			if (isPresent()) {
				Breaker.this.machine.onError(nanos, TimeUnit.NANOSECONDS, ERROR);
				tell();
			}
		}

		/**
		 * The attempt came to nothing that could be judged. Without this a half-open
		 * breaker would wait for its result for ever.
		 */
		public void release() {
			if (isPresent()) {
				Breaker.this.machine.releasePermission();
			}
		}

		@SuppressWarnings("ReferenceEquality") // two half-open periods are not the same
		private boolean isPresent() {
			return Breaker.this.present == this;
		}

	}

	private static final class AttemptError extends RuntimeException {

		AttemptError() {
			super("an attempt failed", null, false, false);
		}

	}

}
