package io.meshup.model.rule.policy;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * When a caller stops calling one version of a service. Kept per service and version.
 *
 * @param minimumCalls calls in the window before it can open, 1 to 100,000, default 20
 * @param window the time that is looked back over, 1 s to 1 h, default 10 s
 * @param failureRatePercent opens at this share of failures, 1 to 100, default 50
 * @param slowCallDuration a call at least this long is slow; zero for none, the default
 * @param slowCallRatePercent opens at this share of slow calls, 1 to 100, default 100
 * @param openDuration how long it refuses before it lets probes through, default 5 s
 * @param halfOpenCalls how many probes decide, 1 to 1,000, default 3
 * @param fallback what an open breaker answers; {@code null} for 503
 */
public record CircuitBreaker(Integer minimumCalls, Duration window, Integer failureRatePercent,
		Duration slowCallDuration, Integer slowCallRatePercent, Duration openDuration, Integer halfOpenCalls,
		@Nullable Fallback fallback) {

	/**
	 * No breaker: what holds where no rule asks for one.
	 */
	@SuppressWarnings("NullAway")
	public static final CircuitBreaker NONE = new CircuitBreaker(null, null, null, null, null, null, null, null);

	@SuppressWarnings({ "ConstantValue", "NullAway" })
	public CircuitBreaker {
		minimumCalls = (minimumCalls != null) ? minimumCalls : 20;
		window = (window != null) ? window : Duration.ofSeconds(10);
		failureRatePercent = (failureRatePercent != null) ? failureRatePercent : 50;
		slowCallDuration = (slowCallDuration != null) ? slowCallDuration : Duration.ZERO;
		slowCallRatePercent = (slowCallRatePercent != null) ? slowCallRatePercent : 100;
		openDuration = (openDuration != null) ? openDuration : Duration.ofSeconds(5);
		halfOpenCalls = (halfOpenCalls != null) ? halfOpenCalls : 3;
		range("minimumCalls", minimumCalls, 100_000);
		range("failureRatePercent", failureRatePercent, 100);
		range("slowCallRatePercent", slowCallRatePercent, 100);
		range("halfOpenCalls", halfOpenCalls, 1_000);
		if (window.compareTo(Duration.ofSeconds(1)) < 0 || window.compareTo(Duration.ofHours(1)) > 0) {
			throw new IllegalArgumentException("'window' must be between 1s and 1h but was " + window);
		}
		if (openDuration.isZero()) {
			throw new IllegalArgumentException("'openDuration' must be longer than 0s");
		}
	}

	private static void range(String field, int value, int max) {
		if (value < 1 || value > max) {
			throw new IllegalArgumentException("'" + field + "' must be between 1 and " + max + " but was " + value);
		}
	}

}
