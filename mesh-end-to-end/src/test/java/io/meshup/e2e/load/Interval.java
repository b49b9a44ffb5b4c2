package io.meshup.e2e.load;

/**
 * From one moment of {@link System#nanoTime()} to another.
 */
public record Interval(long from, long to) {

	public boolean overlaps(Interval other) {
		return this.from <= other.to && other.from <= this.to;
	}

	public long millis() {
		return (this.to - this.from) / 1_000_000;
	}

}
