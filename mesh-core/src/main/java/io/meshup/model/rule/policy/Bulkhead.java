package io.meshup.model.rule.policy;

/**
 * How many calls of one caller to one service may be under way at a time.
 *
 * @param maxConcurrentCalls 1 to 1,000,000; {@link Integer#MAX_VALUE} for no limit, the
 * default
 */
public record Bulkhead(Integer maxConcurrentCalls) {

	/**
	 * No limit.
	 */
	@SuppressWarnings("NullAway")
	public static final Bulkhead NONE = new Bulkhead(null);

	@SuppressWarnings({ "ConstantValue", "NullAway" })
	public Bulkhead {
		maxConcurrentCalls = (maxConcurrentCalls != null) ? maxConcurrentCalls : Integer.MAX_VALUE;
		if (maxConcurrentCalls < 1) {
			throw new IllegalArgumentException(
					"'maxConcurrentCalls' must be between 1 and 1000000 but was " + maxConcurrentCalls);
		}
	}

}
