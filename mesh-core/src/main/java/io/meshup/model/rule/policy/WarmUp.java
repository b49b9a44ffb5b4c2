package io.meshup.model.rule.policy;

import java.time.Duration;

/**
 * How an instance that is new to a caller comes to its full share: its weight grows with
 * time, from a small part of it (Envoy's and Istio's slow start).
 *
 * @param duration until it has its whole weight, default 10 s; zero for at once
 * @param minPercent of its weight that it has at least, 1 to 100, default 10
 */
public record WarmUp(Duration duration, Integer minPercent) {

	/**
	 * What holds where no rule says otherwise.
	 */
	public static final WarmUp DEFAULT = new WarmUp(Duration.ofSeconds(10), 10);

	@SuppressWarnings({ "ConstantValue", "NullAway" })
	public WarmUp {
		duration = (duration != null) ? duration : Duration.ofSeconds(10);
		minPercent = (minPercent != null) ? minPercent : 10;
		if (minPercent < 1 || minPercent > 100) {
			throw new IllegalArgumentException("'minPercent' must be between 1 and 100 but was " + minPercent);
		}
	}

}
