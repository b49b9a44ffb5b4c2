package io.meshup.model.rule.policy;

import java.time.Duration;

/**
 * When a caller leaves out an instance that keeps failing (Envoy's outlier detection).
 *
 * @param consecutiveErrors failures in a row that eject, 1 to 1,000, default 5
 * @param interval how often an instance that behaves is forgiven one ejection, default 1
 * s
 * @param baseEjectionTime the first ejection's length, multiplied by the number of
 * ejections so far, default 10 s
 * @param maxEjectionPercent the share of a service's instances that may be out at a time,
 * 0 to 100, default 50; one instance may always be
 * @param successRateBelow the share of good answers over the last ten intervals below
 * which an instance is ejected, 0 to 100; zero for no look at it, the default
 */
public record OutlierDetection(Integer consecutiveErrors, Duration interval, Duration baseEjectionTime,
		Integer maxEjectionPercent, Integer successRateBelow) {

	/**
	 * What holds where no rule says otherwise.
	 */
	public static final OutlierDetection DEFAULT = new OutlierDetection(5, Duration.ofSeconds(1),
			Duration.ofSeconds(10), 50, 0);

	@SuppressWarnings({ "ConstantValue", "NullAway" })
	public OutlierDetection {
		consecutiveErrors = (consecutiveErrors != null) ? consecutiveErrors : 5;
		interval = (interval != null) ? interval : Duration.ofSeconds(1);
		baseEjectionTime = (baseEjectionTime != null) ? baseEjectionTime : Duration.ofSeconds(10);
		maxEjectionPercent = (maxEjectionPercent != null) ? maxEjectionPercent : 50;
		successRateBelow = (successRateBelow != null) ? successRateBelow : 0;
		if (consecutiveErrors < 1 || consecutiveErrors > 1_000) {
			throw new IllegalArgumentException(
					"'consecutiveErrors' must be between 1 and 1000 but was " + consecutiveErrors);
		}
		if (interval.isZero() || baseEjectionTime.isZero()) {
			throw new IllegalArgumentException("'interval' and 'baseEjectionTime' must be longer than 0s but were "
					+ interval + " and " + baseEjectionTime);
		}
		percent("maxEjectionPercent", maxEjectionPercent);
		percent("successRateBelow", successRateBelow);
	}

	private static void percent(String field, int value) {
		if (value < 0 || value > 100) {
			throw new IllegalArgumentException("'" + field + "' must be between 0 and 100 but was " + value);
		}
	}

}
