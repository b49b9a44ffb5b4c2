package io.meshup.registry.store.ledger;

import java.util.Collection;
import java.util.stream.Collectors;

/**
 * Which rows to read.
 *
 * @param condition how it is said in SQL
 * @param arguments what the condition compares with
 */
public record RowRange(String condition, Object... arguments) {

	private static final String SELECT = "SELECT e.*, coalesce(p.hash, CASE e.sequence WHEN 1 THEN zeroblob(32) END) "
			+ "AS previous FROM entry e LEFT JOIN entry p ON p.sequence = e.sequence - 1 WHERE e.sequence ";

	/**
	 * Rows after one, oldest first.
	 * @param sequence its number
	 * @param limit how many
	 * @return the range
	 */
	public static RowRange after(long sequence, int limit) {
		return new RowRange("> ? ORDER BY e.sequence LIMIT ?", sequence, limit);
	}

	/**
	 * Rows before one, newest first.
	 * @param sequence its number
	 * @param limit how many
	 * @return the range
	 */
	public static RowRange before(long sequence, int limit) {
		return new RowRange("< ? ORDER BY e.sequence DESC LIMIT ?", sequence, limit);
	}

	/**
	 * Some rows, oldest first.
	 * @param sequences their numbers
	 * @return the range
	 */
	public static RowRange of(Collection<Long> sequences) {
		String numbers = sequences.stream().map((sequence) -> Long.toString(sequence)).collect(Collectors.joining(","));
		return new RowRange("IN (" + numbers + ") ORDER BY e.sequence");
	}

	String sql() {
		return SELECT + this.condition;
	}

}
