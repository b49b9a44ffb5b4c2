package io.meshup.registry.history;

import java.net.URI;

import io.meshup.registry.store.redis.FaultyWay;

/**
 * One of several registry nodes, with a way to Redis of its own. Keeps its address over
 * restarts.
 */
interface RegistryNode extends AutoCloseable {

	String name();

	URI uri(String path);

	FaultyWay way();

	/**
	 * Ends it without a word to anybody.
	 */
	void kill();

	/**
	 * Starts it again and returns when it answers.
	 */
	void start();

	/**
	 * Lets it stand still, or go on.
	 * @param still whether it stands still
	 */
	void freeze(boolean still);

	@Override
	void close();

}
