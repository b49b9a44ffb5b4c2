package io.meshup.registry.store.redis.feed;

import java.time.Duration;
import java.util.List;

import io.meshup.registry.store.redis.connection.Parts;
import io.meshup.registry.store.redis.connection.Reach;
import io.meshup.registry.store.redis.connection.RedisFault;
import io.meshup.registry.store.redis.connection.RedisLine;
import io.meshup.registry.store.redis.connection.RedisScript;
import io.meshup.registry.store.redis.connection.RedisUnusableException;
import io.meshup.registry.store.redis.log.Wire;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Lets callers wait until this node has read all that others had written. However many
 * ask, Redis is asked at most ten times a second: those who come meanwhile wait for the
 * next time together. Thread-safe.
 */
public final class LogEnd implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(LogEnd.class);

	private static final long PACE_NANOS = 100_000_000;

	private static final long PATIENCE_MILLIS = 500;

	private final RedisLine line;

	private final Parts parts;

	private final SharedState state;

	private final Reach reach;

	private long askedNanos = System.nanoTime() - PACE_NANOS;

	private @Nullable Mono<Void> next;

	public LogEnd(Parts parts, SharedState state, Reach reach) {
		this.parts = parts.withOwnLine();
		this.line = this.parts.line();
		this.state = state;
		this.reach = reach;
	}

	/**
	 * Waits.
	 * @return completes when this node has read what was there, or Redis does not say
	 */
	public Mono<Void> reached() {
		return Mono.defer(() -> this.reach.isConnected() ? together() : Mono.empty());
	}

	private synchronized Mono<Void> together() {
		Mono<Void> present = this.next;
		if (present == null) {
			long wait = Math.max(0, PACE_NANOS - (System.nanoTime() - this.askedNanos));
			present = Mono.delay(Duration.ofNanos(wait), Schedulers.boundedElastic())
				.then(Mono.<Void>fromRunnable(this::ask))
				.cache();
			this.next = present;
		}
		return present;
	}

	private void ask() {
		begin();
		try {
			this.state.awaitPosition(end(), PATIENCE_MILLIS);
		}
		catch (RedisFault | RedisUnusableException ex) {
			logger.debug("It could not be asked whether other nodes know more", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	// What is written from now on may be missed, so who comes from now on asks again.
	private synchronized void begin() {
		this.askedNanos = System.nanoTime();
		this.next = null;
	}

	private String end() {
		synchronized (this.line) {
			return Wire.text(this.line.run(RedisScript.END, this.parts.keys().forEnd(), List.of()).get(0));
		}
	}

	@Override
	public void close() {
		this.line.close();
	}

}
