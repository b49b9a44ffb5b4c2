package io.meshup.cli.terminal;

/**
 * Colours, or none of them. Immutable.
 *
 * @param isColoured whether colours are wanted
 */
public record Style(boolean isColoured) {

	/**
	 * What is well or new.
	 * @param text any text
	 * @return the same in green
	 */
	public String good(String text) {
		return in("32", text);
	}

	/**
	 * What is wrong or taken away.
	 * @param text any text
	 * @return the same in red
	 */
	public String bad(String text) {
		return in("31", text);
	}

	/**
	 * What deserves a look.
	 * @param text any text
	 * @return the same in yellow
	 */
	public String warn(String text) {
		return in("33", text);
	}

	/**
	 * A heading.
	 * @param text any text
	 * @return the same in bold
	 */
	public String strong(String text) {
		return in("1", text);
	}

	/**
	 * What matters less.
	 * @param text any text
	 * @return the same in grey
	 */
	public String weak(String text) {
		return in("2", text);
	}

	private String in(String code, String text) {
		return (this.isColoured && !text.isEmpty()) ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
	}

}
