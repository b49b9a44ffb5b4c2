package io.meshup.cli.registry;

/**
 * What a script is told. Thread-safe.
 */
public enum ExitCode {

	/**
	 * Done, and all is well.
	 */
	OK(0),

	/**
	 * Something is not well, differs, or did not come in time.
	 */
	FOUND(1),

	/**
	 * The command line is wrong, or a file cannot be read.
	 */
	USAGE(2),

	/**
	 * The registry cannot be reached or cannot serve.
	 */
	UNREACHABLE(3),

	/**
	 * Not signed in, or not allowed.
	 */
	NOT_ALLOWED(4),

	/**
	 * The registry refused what was sent: not valid, not there, or changed by somebody
	 * else meanwhile.
	 */
	REFUSED(5);

	private final int number;

	ExitCode(int number) {
		this.number = number;
	}

	/**
	 * The number.
	 * @return what the process ends with
	 */
	public int number() {
		return this.number;
	}

}
