package io.meshup.registry.store.redis.connection;

import org.jspecify.annotations.Nullable;

/**
 * Redis cannot be used and waiting would not help, so the registry must not start.
 */
public final class RedisUnusableException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String action;

	public RedisUnusableException(String happened, String action, @Nullable Throwable cause) {
		super(happened, cause);
		this.action = action;
	}

	static RedisUnusableException credentials(Throwable cause) {
		return new RedisUnusableException("Redis refuses the registry's credentials: " + cause.getMessage() + ".",
				"Set spring.data.redis.username and spring.data.redis.password to a user that may use the keys and the "
						+ "channel '{meshup:*' and the commands of docs/operations.md.",
				cause);
	}

	static RedisUnusableException tls(Throwable cause) {
		return new RedisUnusableException("No TLS connection to Redis can be made: " + reasons(cause) + ".",
				"Set spring.data.redis.ssl.bundle to a bundle that trusts the certificate of Redis; see that the "
						+ "certificate is valid today and names the host of spring.data.redis.host.",
				cause);
	}

	public static RedisUnusableException refused(Throwable cause) {
		return new RedisUnusableException("Redis refuses what the registry needs: " + cause.getMessage() + ".",
				"Give the user of spring.data.redis.username the keys and the channel '{meshup:*' and the commands of "
						+ "docs/operations.md; where Redis is full, free some memory.",
				cause);
	}

	public static RedisUnusableException away(Throwable cause) {
		return new RedisUnusableException("No Redis answers where the registry looks for it: " + reasons(cause) + ".",
				"Start Redis, or set spring.data.redis.host and .port (or .sentinel.*, .cluster.nodes) to where it is. "
						+ "Where it speaks TLS only, set spring.data.redis.ssl.enabled=true.",
				cause);
	}

	private static String reasons(Throwable failure) {
		StringBuilder reasons = new StringBuilder();
		String before = "";
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			String message = String.valueOf(cause.getMessage());
			if (!message.equals(before) && cause.getMessage() != null) {
				reasons.append(reasons.isEmpty() ? "" : ": ").append(message);
				before = message;
			}
		}
		return reasons.toString();
	}

	/**
	 * What to do.
	 * @return a sentence for the operator
	 */
	public String action() {
		return this.action;
	}

}
