package io.meshup.registry.history.operation;

/**
 * What a client asks of one rule. Contents are numbers, each written once.
 *
 * @param kind what it does
 * @param expected for {@link Kind#CAS} the revision that {@code If-Match} names, or
 * {@link #ABSENT} for {@code If-None-Match: *}
 * @param value the content to be, or {@link #ABSENT} to delete
 */
public record Attempt(Kind kind, long expected, int value) {

	/**
	 * The revision and the content of a rule that does not exist.
	 */
	public static final int ABSENT = 0;

	public static Attempt write(int value) {
		return new Attempt(Kind.WRITE, ABSENT, value);
	}

	public static Attempt cas(long expected, int value) {
		return new Attempt(Kind.CAS, expected, value);
	}

	/**
	 * A conditional write whose condition never holds: the refusal tells what is there.
	 * @param value a content that must never be seen
	 * @return a read that is decided like a write
	 */
	public static Attempt read(int value) {
		return new Attempt(Kind.READ, ABSENT, value);
	}

	public boolean deletes() {
		return this.kind == Kind.CAS && this.value == ABSENT;
	}

	@Override
	public String toString() {
		return switch (this.kind) {
			case WRITE -> "write(" + this.value + ")";
			case CAS -> "cas(@" + this.expected + " -> " + (deletes() ? "nothing" : this.value) + ")";
			case READ -> "read";
		};
	}

	/**
	 * The operations of a register.
	 */
	public enum Kind {

		/**
		 * Whatever is there.
		 */
		WRITE,

		/**
		 * Only where the expected revision is there.
		 */
		CAS,

		/**
		 * Changes nothing, but is decided like a write.
		 */
		READ

	}

}
