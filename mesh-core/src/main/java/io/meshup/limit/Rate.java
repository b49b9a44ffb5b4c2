package io.meshup.limit;

/**
 * How much is allowed at present.
 *
 * @param requests how many in each period; a share of a whole may be a fraction
 * @param periodNanos the period in nanoseconds
 * @param burst how many may come at once, refilled evenly; 0 for as many as
 * {@code requests} in any period
 */
public record Rate(double requests, long periodNanos, double burst) {

	/**
	 * A part of this.
	 * @param fraction 0 to 1
	 * @return the same period with fewer requests
	 */
	public Rate times(double fraction) {
		return new Rate(this.requests * fraction, this.periodNanos,
				(this.burst > 0) ? Math.max(1, this.burst * fraction) : 0);
	}

	// After so long without a request an allowance is as good as new.
	long idleNanos() {
		double periods = Math.max(2, 1 + Math.max(this.burst, 1) / Math.max(this.requests, 0.001));
		return (long) Math.min(periods * this.periodNanos, Long.MAX_VALUE / 4);
	}

}
