package io.meshup.registry.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a request.
 *
 * @param document which of the documents sent, from 0, or {@code null}
 * @param pointer where in it, as a JSON pointer; empty for the whole
 * @param message what it must be and what it was
 * @param line the line where the text does not parse, from 1, or {@code null}
 * @param column the column in that line, from 1, or {@code null}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Violation(@Nullable Integer document, String pointer, String message, @Nullable Integer line,
		@Nullable Integer column) {

	/**
	 * A violation of a request that is no list of documents.
	 * @param pointer where
	 * @param message what it must be and what it was
	 * @return the violation
	 */
	public static Violation of(String pointer, String message) {
		return new Violation(null, pointer, message, null, null);
	}

	/**
	 * A violation of one document.
	 * @param document which, from 0
	 * @param pointer where in it
	 * @param message what it must be and what it was
	 * @return the violation
	 */
	public static Violation of(int document, String pointer, String message) {
		return new Violation(document, pointer, message, null, null);
	}

	/**
	 * A place where text does not parse.
	 * @param document which document, from 0
	 * @param line the line, from 1
	 * @param column the column, from 1
	 * @param message what was expected and what was found
	 * @return the violation
	 */
	public static Violation at(int document, int line, int column, String message) {
		return new Violation(document, "", message, line, column);
	}

}
