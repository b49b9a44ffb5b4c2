package io.meshup.cli.check;

/**
 * Something that was looked at. Immutable.
 *
 * @param level how it is
 * @param subject what was looked at
 * @param message what was found
 * @param advice what to do, empty when nothing is to be done
 */
record Finding(Level level, String subject, String message, String advice) {

	static Finding ok(String subject, String message) {
		return new Finding(Level.OK, subject, message, "");
	}

	static Finding note(String subject, String message, String advice) {
		return new Finding(Level.NOTE, subject, message, advice);
	}

	static Finding problem(String subject, String message, String advice) {
		return new Finding(Level.PROBLEM, subject, message, advice);
	}

	/**
	 * How it is.
	 */
	enum Level {

		OK, NOTE, PROBLEM

	}

}
