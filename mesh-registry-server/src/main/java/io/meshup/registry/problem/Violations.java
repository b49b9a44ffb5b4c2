package io.meshup.registry.problem;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects all that is wrong with one request, so that it is refused once and in full.
 */
public final class Violations {

	private static final int MAX_LISTED = 100;

	private static final int MAX_QUOTED = 80;

	private final List<Violation> found = new ArrayList<>();

	public void add(String pointer, String message) {
		add(Violation.of(pointer, message));
	}

	public void add(Violation violation) {
		if (this.found.size() < MAX_LISTED) {
			this.found.add(violation);
		}
	}

	boolean isEmpty() {
		return this.found.isEmpty();
	}

	public void throwIfAny() {
		if (!this.found.isEmpty()) {
			throw ApiProblem.invalid(this.found);
		}
	}

	/**
	 * A value from outside as it can stand in a message.
	 * @param value any text
	 * @return at most 80 characters in quotes, control characters replaced
	 */
	public static String quote(String value) {
		String cut = (value.length() <= MAX_QUOTED) ? value : value.substring(0, MAX_QUOTED) + "...";
		return "'" + cut.replaceAll("\\p{C}", "?") + "'";
	}

}
