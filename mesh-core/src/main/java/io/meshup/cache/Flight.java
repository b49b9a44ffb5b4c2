package io.meshup.cache;

/**
 * One call that gets an answer which others wait for. Thread-safe.
 */
public final class Flight {

	/**
	 * How a flight ended.
	 */
	public enum End {

		/** The answer is kept. */
		KEPT,

		/** There is no answer that others could use: each gets its own. */
		FAILED,

		/** Nobody knows: somebody else may try. */
		ABANDONED

	}

	private final String key;

	private final long start;

	private volatile boolean over;

	private volatile End end = End.ABANDONED;

	Flight(String key, long start) {
		this.key = key;
		this.start = start;
	}

	/**
	 * Whether waiting is over.
	 * @return {@code true} once {@link #end()} tells how
	 */
	public boolean isOver() {
		return this.over;
	}

	/**
	 * How it ended.
	 * @return only of use once it is over
	 */
	public End end() {
		return this.end;
	}

	String key() {
		return this.key;
	}

	// Whether it has taken so long when another one begins.
	boolean isAsLongAs(long nanos, Flight other) {
		return this.over || other.start - this.start >= nanos;
	}

	void finish(End how) {
		this.end = how;
		this.over = true;
	}

}
