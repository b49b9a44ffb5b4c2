package io.meshup.model.beat;

/**
 * How much one instance is asked for by requests that a mesh-wide limit counts.
 *
 * @param limit which limit, and which key of it where it has several
 * @param rate requests per second, granted and refused ones
 */
public record LimitDemand(String limit, double rate) {

	@SuppressWarnings({ "ConstantValue", "NullAway" })
	public LimitDemand {
		if (limit == null || limit.isEmpty()) {
			throw new IllegalArgumentException("'limit' must be given");
		}
		if (!(rate >= 0) || Double.isInfinite(rate)) {
			throw new IllegalArgumentException("'rate' must be a number from 0 but was " + rate);
		}
	}

}
