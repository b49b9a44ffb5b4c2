package io.meshup.registry.store.redis.write;

import java.time.InstantSource;

import io.meshup.registry.store.StoreProperties;
import io.meshup.registry.store.redis.connection.Parts;
import io.meshup.registry.store.redis.connection.Reach;
import io.meshup.registry.store.redis.connection.RedisFault;
import io.meshup.registry.store.redis.connection.RedisUnusableException;
import io.meshup.registry.store.redis.feed.SharedState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts the history when it is time, on a thread and a connection of its own: no write and
 * no beat waits for that.
 */
public final class Trimmer implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(Trimmer.class);

	private static final long LOOK_MILLIS = 1_000;

	private static final int RESTING_LOOKS = 60;

	private final Parts parts;

	private final SharedState state;

	private final Reach reach;

	private final Trimming trimming;

	private int rest;

	private final Thread thread = new Thread(this::run, "mesh-store-trimmer");

	public Trimmer(Parts parts, SharedState state, Reach reach, StoreProperties.History limits, InstantSource clock) {
		this.parts = parts.withOwnLine();
		this.state = state;
		this.reach = reach;
		this.trimming = new Trimming(this.parts, limits, clock);
		this.thread.setDaemon(true);
	}

	public void start() {
		this.thread.start();
	}

	private void run() {
		while (!Thread.currentThread().isInterrupted()) {
			try {
				Thread.sleep(LOOK_MILLIS);
				look();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			catch (RuntimeException | Error ex) {
				logger.error("The cutting of the history failed and is tried again later", ex);
			}
		}
		this.parts.line().close();
	}

	private void look() {
		if (this.rest > 0) {
			this.rest--;
			return;
		}
		if (!this.reach.isConnected() || !this.trimming.isDue(this.state.basis().head())) {
			return;
		}
		try {
			this.trimming.trim(this.state);
		}
		catch (RedisFault | RedisUnusableException ex) {
			this.rest = RESTING_LOOKS;
			logger.warn("The history could not be cut to its limits; the next try is in a minute: {}", ex.getMessage());
			logger.debug("The history could not be cut", ex);
		}
	}

	@Override
	public void close() throws InterruptedException {
		this.thread.interrupt();
		this.thread.join(5_000);
	}

}
