package io.meshup.model.rule.filter;

/**
 * A share that a rule draws by.
 */
final class Percent {

	private Percent() {
	}

	static double require(double percent) {
		if (!(percent >= 0 && percent <= 100)) {
			throw new IllegalArgumentException("'percent' must be between 0 and 100 but was " + percent);
		}
		return percent;
	}

}
