package io.meshup.cli.registry;

import java.util.List;

import tools.jackson.databind.JsonNode;

/**
 * A command that ends early. The message says what happened, what was expected and what
 * to do.
 */
public final class CommandFailure extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final ExitCode code;

	private final transient List<JsonNode> violations;

	/**
	 * A failure.
	 * @param code what the process ends with
	 * @param message for people
	 */
	public CommandFailure(ExitCode code, String message) {
		this(code, message, List.of());
	}

	/**
	 * A failure with all that is wrong.
	 * @param code what the process ends with
	 * @param message for people
	 * @param violations as the registry told them
	 */
	public CommandFailure(ExitCode code, String message, List<JsonNode> violations) {
		super(message, null, false, false);
		this.code = code;
		this.violations = List.copyOf(violations);
	}

	/**
	 * What the process ends with.
	 * @return never OK
	 */
	public ExitCode code() {
		return this.code;
	}

	/**
	 * What happened.
	 * @return one or more sentences
	 */
	public String message() {
		return String.valueOf(getMessage());
	}

	/**
	 * All that is wrong.
	 * @return empty when the request as a whole is the problem
	 */
	public List<JsonNode> violations() {
		return this.violations;
	}

}
