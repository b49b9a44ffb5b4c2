package io.meshup.registry.store.redis.connection;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether Redis is in reach, as the thread that follows the changes sees it. Thread-safe.
 */
public final class Reach {

	private static final Logger logger = LoggerFactory.getLogger(Reach.class);

	private final Runnable changed;

	private volatile boolean connected;

	private volatile long since = System.nanoTime();

	private boolean failing;

	/**
	 * Begins out of reach.
	 * @param changed told when Redis comes or goes
	 */
	public Reach(Runnable changed) {
		this.changed = changed;
	}

	public boolean isConnected() {
		return this.connected;
	}

	/**
	 * Since when Redis has been in reach, or out of it.
	 * @return by {@link System#nanoTime()}
	 */
	long since() {
		return this.since;
	}

	// Everything is known again.
	public void connected() {
		if (this.failing) {
			logger.info("Redis is in reach again after {} ms", (System.nanoTime() - this.since) / 1_000_000);
		}
		this.failing = false;
		this.since = System.nanoTime();
		this.connected = true;
		this.changed.run();
	}

	public void lost(String reason, Throwable failure) {
		boolean isNew = this.connected;
		if (isNew) {
			this.since = System.nanoTime();
			this.connected = false;
		}
		if (this.failing) {
			logger.debug("Redis is still out of reach: {}", reason, failure);
		}
		else {
			logger.warn("Redis is out of reach: changes of rules are refused until it is back, instances are served "
					+ "from memory: {}", reason);
			logger.debug("Redis went out of reach", failure);
		}
		this.failing = true;
		if (isNew) {
			this.changed.run();
		}
	}

}
