package io.meshup.registry.history.operation;

/**
 * One request and its answer.
 *
 * @param client who asked, one request after the other
 * @param attempt what was asked
 * @param answer what was answered
 * @param invoked when it was sent, in nanoseconds
 * @param returned when the answer had come
 */
public record Operation(String client, Attempt attempt, Answer answer, long invoked, long returned) {

	/**
	 * An operation that nobody knows the end of may take effect at any time.
	 * @return when it must have taken effect
	 */
	public long latest() {
		return (this.answer.result() == Answer.Result.UNKNOWN) ? Long.MAX_VALUE : this.returned;
	}

	/**
	 * What is there afterwards.
	 * @param present the revision that is there before
	 * @return the revision then, or {@link Answer#NOT_KNOWN} where this could not have
	 * been answered
	 */
	public long after(long present) {
		long made = (this.attempt.value() == Attempt.ABSENT) ? Attempt.ABSENT : this.answer.revision();
		boolean applies = this.attempt.kind() == Attempt.Kind.WRITE
				|| (this.attempt.kind() == Attempt.Kind.CAS && this.attempt.expected() == present);
		return switch (this.answer.result()) {
			case DONE -> applies ? made : Answer.NOT_KNOWN;
			case SAW -> (!applies && this.answer.revision() == present) ? present : Answer.NOT_KNOWN;
			case UNKNOWN -> applies ? made : present;
			case REFUSED -> present;
		};
	}

	public Operation answered(Answer other) {
		return new Operation(this.client, this.attempt, other, this.invoked, this.returned);
	}

	@Override
	public String toString() {
		return "%s %s %s [%d..%s]".formatted(this.client, this.attempt, this.answer, this.invoked,
				(latest() == Long.MAX_VALUE) ? "" : String.valueOf(this.returned));
	}

}
