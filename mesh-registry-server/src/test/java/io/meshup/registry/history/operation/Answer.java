package io.meshup.registry.history.operation;

/**
 * What a client was told.
 *
 * @param result how it ended
 * @param revision the revision that was made, that was there instead, or
 * {@link #NOT_KNOWN}
 */
public record Answer(Result result, long revision) {

	/**
	 * Nobody said which.
	 */
	public static final long NOT_KNOWN = -1;

	public static Answer done(long revision) {
		return new Answer(Result.DONE, revision);
	}

	public static Answer saw(long revision) {
		return new Answer(Result.SAW, revision);
	}

	public static Answer refused() {
		return new Answer(Result.REFUSED, NOT_KNOWN);
	}

	public static Answer unknown() {
		return new Answer(Result.UNKNOWN, NOT_KNOWN);
	}

	public boolean isCertain() {
		return this.result == Result.DONE || this.result == Result.SAW;
	}

	@Override
	public String toString() {
		return (this.revision == NOT_KNOWN) ? this.result.name() : this.result + " @" + this.revision;
	}

	/**
	 * How a request ended.
	 */
	public enum Result {

		/**
		 * The change was made.
		 */
		DONE,

		/**
		 * Nothing was changed, because something else was there.
		 */
		SAW,

		/**
		 * Nothing was changed, says the registry.
		 */
		REFUSED,

		/**
		 * Nobody knows: it may have happened, may happen later, or never.
		 */
		UNKNOWN

	}

}
