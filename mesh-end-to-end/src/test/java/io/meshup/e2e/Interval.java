package io.meshup.e2e;

/**
 * From one moment of {@link System#nanoTime()} to another.
 */
record Interval(long from, long to) {

	boolean overlaps(Interval other) {
		return this.from <= other.to && other.from <= this.to;
	}

	long millis() {
		return (this.to - this.from) / 1_000_000;
	}

}
