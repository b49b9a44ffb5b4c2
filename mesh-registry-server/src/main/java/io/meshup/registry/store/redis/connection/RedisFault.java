package io.meshup.registry.store.redis.connection;

import io.meshup.registry.problem.ApiProblem;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;

/**
 * A command that Redis did not carry out, or perhaps did.
 */
public final class RedisFault extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final Kind kind;

	public RedisFault(Kind kind, String message, @Nullable Throwable cause) {
		super(message, cause);
		this.kind = kind;
	}

	public Kind kind() {
		return this.kind;
	}

	/**
	 * What a writer hears of it.
	 * @return the problem
	 */
	public ApiProblem problem() {
		String message = getMessage();
		if (this.kind == Kind.REFUSED && message != null && message.startsWith("OOM")) {
			return ApiProblem.of(HttpStatus.INSUFFICIENT_STORAGE,
					"The change was not kept and nothing was published: Redis is full (maxmemory). Free some memory or "
							+ "raise maxmemory, and send again.");
		}
		return switch (this.kind) {
			case AWAY -> ApiProblem.of(HttpStatus.SERVICE_UNAVAILABLE,
					"The change was not kept and nothing was published: " + message + ". Send again later.");
			case UNKNOWN -> unknown("Redis did not answer in time");
			case REFUSED -> ApiProblem.of(HttpStatus.SERVICE_UNAVAILABLE,
					"The change was not kept and nothing was published: Redis refused it (" + message + ").");
		};
	}

	/**
	 * What a reader of the history hears of it.
	 * @return the problem
	 */
	public ApiProblem readProblem() {
		return ApiProblem.of(HttpStatus.SERVICE_UNAVAILABLE,
				"The history cannot be read: Redis is out of reach. Send again later.");
	}

	public static ApiProblem unknown(String reason) {
		return ApiProblem.of(HttpStatus.SERVICE_UNAVAILABLE,
				"The change may or may not hold: " + reason + ". Read what is in force before you send again.");
	}

	/**
	 * What is known of the command.
	 */
	public enum Kind {

		/**
		 * It was never sent.
		 */
		AWAY,

		/**
		 * It was sent, and nothing came back.
		 */
		UNKNOWN,

		/**
		 * Redis said no, and did nothing.
		 */
		REFUSED

	}

}
