package io.meshup.control.link;

/**
 * What went wrong between this process and the registry.
 *
 * @param kind what kind of thing
 * @param status the HTTP status, or -1 where no answer came
 * @param message what happened, what was expected and what to do, in plain words
 */
public record RegistryProblem(Kind kind, int status, String message) {

	/**
	 * The kinds that differ in what to do about them.
	 */
	public enum Kind {

		/**
		 * No connection, or the connection broke, or no answer in time.
		 */
		UNREACHABLE,

		/**
		 * 401: the join token is missing or wrong.
		 */
		UNAUTHORIZED,

		/**
		 * 403: the credentials do not allow it.
		 */
		FORBIDDEN,

		/**
		 * 409: another running process owns this instance's id.
		 */
		CONFLICT,

		/**
		 * Another 4xx: the registry does not understand or accept what was sent.
		 */
		REFUSED,

		/**
		 * 5xx: the registry has a fault of its own.
		 */
		FAILED,

		/**
		 * The answer is not what a registry says.
		 */
		UNREADABLE,

		/**
		 * Something in this process failed: the supplier of beats or the consumer of
		 * snapshots.
		 */
		INTERNAL

	}

}
