package io.meshup.registry.store.redis.connection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import org.jspecify.annotations.Nullable;

/**
 * One connection of one thread. What does not answer in time is cut, since a way that
 * swallows everything looks like that, and the next command opens another one.
 */
public final class RedisLine implements AutoCloseable {

	private final Supplier<StatefulRedisConnection<String, byte[]>> opening;

	private final Duration timeout;

	private volatile @Nullable StatefulRedisConnection<String, byte[]> connection;

	public RedisLine(Supplier<StatefulRedisConnection<String, byte[]>> opening, Duration timeout) {
		this.opening = opening;
		this.timeout = timeout;
	}

	/**
	 * Sends a command and waits for its answer.
	 * @param <T> what is answered
	 * @param command the command
	 * @return the answer
	 * @throws RedisFault when there is none
	 */
	public <T> T call(Function<RedisAsyncCommands<String, byte[]>, RedisFuture<T>> command) {
		return call(command, this.timeout);
	}

	public <T> T call(Function<RedisAsyncCommands<String, byte[]>, RedisFuture<T>> command, Duration patience) {
		return await(send(command), patience);
	}

	/**
	 * Sends a command without waiting.
	 * @param <T> what is answered
	 * @param command the command
	 * @return to be awaited
	 */
	private <T> RedisFuture<T> send(Function<RedisAsyncCommands<String, byte[]>, RedisFuture<T>> command) {
		StatefulRedisConnection<String, byte[]> open = open();
		try {
			return command.apply(open.async());
		}
		catch (RedisException ex) {
			close();
			throw new RedisFault(RedisFault.Kind.AWAY, "Redis is out of reach", ex);
		}
	}

	/**
	 * Runs a script and waits on the same connection until replicas have what it wrote.
	 * @param script the script
	 * @param keys its keys
	 * @param arguments its arguments
	 * @param replication how many replicas, and how long in all
	 * @return the script's answer and how many replicas have it
	 */
	public Replicated runReplicated(RedisScript script, List<String> keys, List<byte[]> arguments,
			Replication replication) {
		String[] names = keys.toArray(String[]::new);
		byte[][] values = arguments.toArray(byte[][]::new);
		call((commands) -> commands.scriptLoad(script.text()));
		long begin = System.nanoTime();
		List<RedisFuture<Long>> replicas = new ArrayList<>(1);
		RedisFuture<List<Object>> answer = send((commands) -> {
			RedisFuture<List<Object>> sent = commands.evalsha(script.digest(), ScriptOutputType.MULTI, names, values);
			replicas
				.add(commands.waitForReplication(replication.replicas(), replication.patience().toMillis() * 8 / 10));
			return sent;
		});
		List<Object> reply = await(answer, replication.patience());
		Duration left = replication.patience().minusNanos(System.nanoTime() - begin);
		return new Replicated(reply, await(replicas.get(0), left.isNegative() ? Duration.ofMillis(1) : left));
	}

	private <T> T await(RedisFuture<T> answer, Duration patience) {
		try {
			return answer.get(patience.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			close();
			throw new RedisFault(RedisFault.Kind.UNKNOWN, "Redis did not answer within " + patience.toMillis() + " ms",
					ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new RedisFault(RedisFault.Kind.UNKNOWN, "The store closes", ex);
		}
		catch (ExecutionException ex) {
			throw fault(ex.getCause());
		}
	}

	/**
	 * Runs a script.
	 * @param script the script
	 * @param keys its keys
	 * @param arguments its arguments
	 * @return its answer
	 */
	public List<Object> run(RedisScript script, List<String> keys, List<byte[]> arguments) {
		return run(script, keys, arguments, this.timeout);
	}

	public List<Object> run(RedisScript script, List<String> keys, List<byte[]> arguments, Duration patience) {
		String[] names = keys.toArray(String[]::new);
		byte[][] values = arguments.toArray(byte[][]::new);
		try {
			return call((commands) -> commands.evalsha(script.digest(), ScriptOutputType.MULTI, names, values),
					patience);
		}
		catch (RedisFault ex) {
			if (ex.getCause() instanceof RedisNoScriptException) {
				return call((commands) -> commands.eval(script.text(), ScriptOutputType.MULTI, names, values),
						patience);
			}
			throw ex;
		}
	}

	private RedisFault fault(@Nullable Throwable cause) {
		if (cause instanceof RedisCommandExecutionException refusal) {
			String message = String.valueOf(refusal.getMessage());
			if (message.startsWith("READONLY") || message.startsWith("MOVED") || message.startsWith("LOADING")
					|| message.startsWith("CLUSTERDOWN") || message.startsWith("MASTERDOWN")) {
				close();
				return new RedisFault(RedisFault.Kind.AWAY, message, refusal);
			}
			return new RedisFault(RedisFault.Kind.REFUSED, message, refusal);
		}
		close();
		return new RedisFault(RedisFault.Kind.UNKNOWN, "The connection to Redis broke", cause);
	}

	private StatefulRedisConnection<String, byte[]> open() {
		StatefulRedisConnection<String, byte[]> present = this.connection;
		if (present != null && present.isOpen()) {
			return present;
		}
		close();
		StatefulRedisConnection<String, byte[]> fresh = this.opening.get();
		this.connection = fresh;
		return fresh;
	}

	@Override
	public void close() {
		StatefulRedisConnection<String, byte[]> present = this.connection;
		this.connection = null;
		if (present != null) {
			// Nobody waits: the other side may never answer.
			present.closeAsync().exceptionally((ex) -> null);
		}
	}

	/**
	 * What to wait for.
	 *
	 * @param replicas how many must have it
	 * @param patience how long
	 */
	public record Replication(int replicas, Duration patience) {
	}

	/**
	 * What came of it.
	 *
	 * @param reply the script's answer
	 * @param replicas how many have it
	 */
	public record Replicated(List<Object> reply, long replicas) {
	}

}
