package io.meshup.registry.store.redis.connection;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import org.jspecify.annotations.Nullable;

/**
 * Where the master is: a single Redis, the one that Sentinel names, or the one of a
 * cluster that has the registry's slot. Opens plain connections to it.
 */
public final class RedisServer {

	static final RedisCodec<String, byte[]> CODEC = RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

	private final MasterFinder finder;

	public RedisServer(MasterFinder finder) {
		this.finder = finder;
	}

	public StatefulRedisConnection<String, byte[]> connect() {
		return opened(this.finder::connect);
	}

	public StatefulRedisPubSubConnection<String, byte[]> listen() {
		return opened(this.finder::listen);
	}

	/**
	 * Refuses a Redis that could lose rules by design.
	 * @param line a connection to it
	 * @return what is worth a warning, or empty
	 * @throws RedisUnusableException when it must not be used
	 */
	public String check(RedisLine line) {
		Map<String, String> info = info(line);
		String policy = info.getOrDefault("maxmemory_policy", "noeviction");
		if (!policy.equals("noeviction")) {
			throw new RedisUnusableException(
					"Redis has maxmemory-policy '" + policy + "', so it may drop rules when its memory is full.",
					"Set 'maxmemory-policy noeviction' in Redis, or use a Redis that is no cache. A full Redis then "
							+ "refuses changes, and keeps what it has.",
					null);
		}
		if (info.getOrDefault("role", "master").equals("slave")) {
			line.close();
			throw new RedisFault(RedisFault.Kind.AWAY, "This Redis is a replica and takes no writes", null);
		}
		boolean onDisk = info.getOrDefault("aof_enabled", "0").equals("1");
		return onDisk ? "" : "Redis does not write every change to its disk (appendonly no)";
	}

	/**
	 * How long the master has been there.
	 * @param line a connection to it
	 * @return the time since its start
	 */
	public Duration uptime(RedisLine line) {
		return Duration.ofSeconds(Long.parseLong(info(line).getOrDefault("uptime_in_seconds", "0")));
	}

	private static Map<String, String> info(RedisLine line) {
		return line.call((commands) -> commands.info())
			.lines()
			.filter((text) -> text.contains(":"))
			.collect(Collectors.toMap((text) -> text.substring(0, text.indexOf(':')),
					(text) -> text.substring(text.indexOf(':') + 1).strip(), (first, second) -> first));
	}

	private static <T> T opened(Opening<T> opening) {
		try {
			return opening.open();
		}
		catch (RedisException ex) {
			throw fault(ex);
		}
	}

	// Tells what will not heal by waiting from what may.
	private static RuntimeException fault(RedisException ex) {
		for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
			RuntimeException refusal = refusal(cause);
			if (refusal != null) {
				return refusal;
			}
		}
		return new RedisFault(RedisFault.Kind.AWAY, "Redis is out of reach", ex);
	}

	private static @Nullable RuntimeException refusal(Throwable cause) {
		String message = String.valueOf(cause.getMessage());
		if (cause instanceof javax.net.ssl.SSLException) {
			return RedisUnusableException.tls(cause);
		}
		if (cause instanceof RedisCommandExecutionException
				&& (message.contains("WRONGPASS") || message.contains("NOAUTH") || message.contains("invalid password")
						|| message.contains("without any password") || message.contains("NOPERM"))) {
			return RedisUnusableException.credentials(cause);
		}
		return null;
	}

	/**
	 * Opens something.
	 *
	 * @param <T> what
	 */
	private interface Opening<T> {

		T open();

	}

}
