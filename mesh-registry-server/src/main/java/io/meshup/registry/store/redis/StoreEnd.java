package io.meshup.registry.store.redis;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;

/**
 * Ends the store before Spring ends the connections, so that the other nodes are told.
 */
final class StoreEnd implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(StoreEnd.class);

	private final RedisStore store;

	private volatile boolean isRunning;

	StoreEnd(RedisStore store) {
		this.store = store;
	}

	@Override
	public void start() {
		this.isRunning = true;
	}

	@Override
	public void stop() {
		this.isRunning = false;
		try {
			this.store.close();
		}
		catch (InterruptedException ex) {
			logger.debug("The end of the store was interrupted");
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public boolean isRunning() {
		return this.isRunning;
	}

	// The connections are in phase 0.
	@Override
	public int getPhase() {
		return 1;
	}

}
