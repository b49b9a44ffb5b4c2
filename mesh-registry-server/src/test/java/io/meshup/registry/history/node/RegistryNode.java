package io.meshup.registry.history.node;

import java.net.URI;

import io.meshup.registry.store.redis.RedisContainer;
import io.meshup.registry.store.redis.fault.FaultyWay;

/**
 * One of several registry nodes, with a way to Redis of its own. Keeps its address over
 * restarts.
 */
public abstract class RegistryNode implements AutoCloseable {

	private final String name;

	private final NodeSettings settings;

	private final FaultyWay way = new FaultyWay(RedisContainer.shared().getHost(), RedisContainer.shared().port());

	private int port;

	RegistryNode(String name, NodeSettings settings) {
		this.name = name;
		this.settings = settings;
	}

	public final String name() {
		return this.name;
	}

	final NodeSettings settings() {
		return this.settings;
	}

	public final URI uri(String path) {
		return URI.create("http://127.0.0.1:" + this.port + path);
	}

	public final FaultyWay way() {
		return this.way;
	}

	/**
	 * Starts it, once more after it was killed, and returns when it answers.
	 */
	final void start() {
		this.port = run(this.settings.arguments(this.name, this.port, this.way));
	}

	/**
	 * Runs it.
	 * @param arguments what it is started with
	 * @return the port on which it answers
	 */
	abstract int run(String... arguments);

	/**
	 * Ends it without a word to anybody.
	 */
	abstract void kill();

	/**
	 * Lets it stand still, or go on.
	 * @param still whether it stands still
	 */
	abstract void freeze(boolean still);

	@Override
	public abstract void close();

}
