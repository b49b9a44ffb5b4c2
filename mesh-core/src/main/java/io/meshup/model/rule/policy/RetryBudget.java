package io.meshup.model.rule.policy;

/**
 * How many retries the calls of one service may add, so that retries cannot multiply an
 * outage (Finagle's and Linkerd's retry budget).
 *
 * @param percent retries per hundred calls, 0 to 1,000, default 20
 * @param minPerSecond retries that are allowed in any case, 0 to 10,000, default 3
 */
public record RetryBudget(Integer percent, Integer minPerSecond) {

	/**
	 * What holds where no rule says otherwise.
	 */
	public static final RetryBudget DEFAULT = new RetryBudget(20, 3);

	@SuppressWarnings({ "ConstantValue", "NullAway" })
	public RetryBudget {
		percent = (percent != null) ? percent : 20;
		minPerSecond = (minPerSecond != null) ? minPerSecond : 3;
		if (percent < 0 || percent > 1_000) {
			throw new IllegalArgumentException("'percent' must be between 0 and 1000 but was " + percent);
		}
		if (minPerSecond < 0 || minPerSecond > 10_000) {
			throw new IllegalArgumentException("'minPerSecond' must be between 0 and 10000 but was " + minPerSecond);
		}
	}

}
