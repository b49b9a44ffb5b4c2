package io.meshup.cli.terminal;

import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/**
 * Everything around a command, so that tests can give another one.
 *
 * @param environment the environment variables
 * @param home the user's home directory
 * @param in what is piped in
 * @param out where answers go
 * @param err where messages go
 * @param interactive whether a person looks at {@code out}
 * @param size how wide and high it is
 * @param clock the time of day
 * @param prompt asks for a secret
 */
public record Terminal(Map<String, String> environment, Path home, InputStream in, PrintWriter out, PrintWriter err,
		boolean interactive, Size size, InstantSource clock, Prompt prompt) {

	/**
	 * A variable of the environment.
	 * @param name its name
	 * @return its value, empty when it is not set
	 */
	public String variable(String name) {
		return this.environment.getOrDefault(name, "").strip();
	}

	/**
	 * How wide the terminal is.
	 * @return in characters
	 */
	public int columns() {
		return this.size.columns();
	}

	/**
	 * How words are coloured here.
	 * @return plain unless a person looks and does not refuse colours
	 */
	public Style style() {
		boolean refused = !variable("NO_COLOR").isEmpty() || variable("TERM").equals("dumb");
		return new Style(this.interactive && !refused);
	}

	/**
	 * The size of a window.
	 *
	 * @param columns characters in a line
	 * @param rows lines
	 */
	public record Size(int columns, int rows) {
	}

	/**
	 * Asks for a secret without showing what is typed.
	 */
	@FunctionalInterface
	public interface Prompt {

		/**
		 * Asks.
		 * @param question what to show
		 * @return what was typed; empty when nobody can be asked
		 */
		String secret(String question);

	}

}
