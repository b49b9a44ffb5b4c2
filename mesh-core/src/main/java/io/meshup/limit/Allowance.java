package io.meshup.limit;

/**
 * What one caller, or all together, may still send. Thread-safe without locks.
 */
interface Allowance {

	/**
	 * Nearly one is one: fractions add up with errors.
	 */
	double ONE = 1 - 1e-9;

	/**
	 * Takes one request out.
	 * @param rate what is allowed at present
	 * @param now the present in nanoseconds
	 * @return 0 when it was granted, else the nanoseconds until the next one may be
	 */
	long take(Rate rate, long now);

	/**
	 * Puts one request back that was taken and then refused for another reason.
	 */
	void giveBack();

	/**
	 * Makes a full allowance.
	 * @param rate what is allowed at present
	 * @param now the present in nanoseconds
	 * @return a bucket where a burst is given, else a sliding window
	 */
	static Allowance of(Rate rate, long now) {
		return (rate.burst() > 0) ? new BucketAllowance(rate, now) : new WindowAllowance(rate, now);
	}

}
