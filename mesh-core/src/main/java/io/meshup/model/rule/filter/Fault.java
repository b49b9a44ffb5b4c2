package io.meshup.model.rule.filter;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Trouble on purpose, to see how callers bear it. Both are drawn by themselves; a delayed
 * request may be aborted too.
 *
 * @param delay waits before anything is sent, or {@code null}
 * @param abort answers instead of sending, or {@code null}
 */
public record Fault(@Nullable Delay delay, @Nullable Abort abort) {

	public Fault {
		if (delay == null && abort == null) {
			throw new IllegalArgumentException("'fault' must have 'delay' or 'abort'");
		}
	}

	/**
	 * A wait.
	 *
	 * @param percent the share of requests, 0 to 100
	 * @param duration how long, above zero
	 */
	public record Delay(Double percent, Duration duration) {

		public Delay {
			Percent.require(percent);
			if (duration.isZero()) {
				throw new IllegalArgumentException("'duration' of a delay must be longer than 0s");
			}
		}

	}

	/**
	 * An answer without a request.
	 *
	 * @param percent the share of requests, 0 to 100
	 * @param status 200 to 599
	 */
	public record Abort(Double percent, Integer status) {

		public Abort {
			Percent.require(percent);
			if (status < 200 || status > 599) {
				throw new IllegalArgumentException(
						"'status' of an abort must be between 200 and 599 but was " + status);
			}
		}

	}

}
