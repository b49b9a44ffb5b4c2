package io.meshup.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Rows under headings, in columns as wide as needed. Where the whole is wider than the
 * terminal, columns that matter less are left out, then the widest are cut. Not
 * thread-safe.
 */
public final class Table {

	private static final String GAP = "  ";

	private static final int LEAST = 8;

	private final List<String> headings;

	private final List<List<Cell>> rows = new ArrayList<>();

	/**
	 * A table without rows.
	 * @param headings one for each column; {@code >} at the end aligns it right, and
	 * {@code ?} behind it says that it may be left out
	 */
	public Table(String... headings) {
		this.headings = List.of(headings);
	}

	/**
	 * Adds a row.
	 * @param cells a {@link Cell} or any other value for each column
	 * @return this table
	 */
	public Table row(Object... cells) {
		List<Cell> row = new ArrayList<>();
		for (Object cell : cells) {
			row.add((cell instanceof Cell made) ? made : new Cell(String.valueOf(cell), UnaryOperator.identity()));
		}
		this.rows.add(row);
		return this;
	}

	/**
	 * Whether there is no row.
	 * @return whether nothing but headings would be shown
	 */
	public boolean isEmpty() {
		return this.rows.isEmpty();
	}

	/**
	 * The lines for a terminal.
	 * @param terminal where they will be shown
	 * @return the headings and the rows
	 */
	public List<String> lines(Terminal terminal) {
		int most = terminal.interactive() ? terminal.columns() : Integer.MAX_VALUE;
		List<Integer> columns = columns(most);
		int[] widths = widths(columns, most);
		Style style = terminal.style();
		List<Cell> heads = this.headings.stream().map((heading) -> new Cell(title(heading), style::strong)).toList();
		List<String> lines = new ArrayList<>(List.of(line(heads, columns, widths, style)));
		this.rows.forEach((row) -> lines.add(line(row, columns, widths, style)));
		return lines;
	}

	private List<Integer> columns(int most) {
		List<Integer> columns = new ArrayList<>(IntStream.range(0, this.headings.size()).boxed().toList());
		for (int column = this.headings.size() - 1; column >= 0; column--) {
			int all = columns.stream().mapToInt((each) -> width(each) + GAP.length()).sum() - GAP.length();
			if (all > most && this.headings.get(column).endsWith("?")) {
				columns.remove(Integer.valueOf(column));
			}
		}
		return columns;
	}

	private String line(List<Cell> row, List<Integer> columns, int[] widths, Style style) {
		String line = IntStream.range(0, columns.size())
			.mapToObj((i) -> cell(row.get(columns.get(i)), widths[i], isRight(columns.get(i)), style))
			.collect(Collectors.joining(GAP));
		return style.isColoured() ? line : line.stripTrailing();
	}

	private static String cell(Cell cell, int width, boolean isRight, Style style) {
		String text = cell.text();
		if (text.length() > width) {
			text = text.substring(0, width - 1) + "…";
		}
		String filler = " ".repeat(width - text.length());
		String shown = style.isColoured() ? cell.look().apply(text) : text;
		return isRight ? filler + shown : shown + filler;
	}

	private int[] widths(List<Integer> columns, int most) {
		int[] widths = columns.stream().mapToInt(this::width).toArray();
		int gaps = GAP.length() * (widths.length - 1);
		while (IntStream.of(widths).sum() + gaps > most) {
			int widest = IntStream.range(0, widths.length).reduce(0, (a, b) -> (widths[b] > widths[a]) ? b : a);
			if (widths[widest] <= LEAST) {
				break;
			}
			widths[widest]--;
		}
		return widths;
	}

	private int width(int column) {
		int widest = this.rows.stream().mapToInt((row) -> row.get(column).text().length()).max().orElse(0);
		return Math.max(widest, title(this.headings.get(column)).length());
	}

	private boolean isRight(int column) {
		return this.headings.get(column).contains(">");
	}

	private static String title(String heading) {
		return heading.replaceFirst(">?\\??$", "");
	}

	/**
	 * A text and how it looks where there are colours.
	 *
	 * @param text what it says
	 * @param look colours it
	 */
	public record Cell(String text, UnaryOperator<String> look) {

		/**
		 * Takes what would steer the terminal out of the text.
		 * @param text what it says
		 * @param look colours it
		 */
		public Cell {
			text = Text.plain(text);
		}

	}

}
