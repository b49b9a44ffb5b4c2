package io.meshup.registry.store.redis.node;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The other nodes and when they were last heard. Nobody is lost while this node does not
 * hear itself, nor before it has heard itself again for the length of a lease.
 * Thread-safe.
 */
public final class NodeTable {

	private static final Logger logger = LoggerFactory.getLogger(NodeTable.class);

	private final String self;

	private final long lease;

	private final LongSupplier clock;

	private final Map<String, Long> heard = new ConcurrentHashMap<>();

	private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

	private volatile long selfSince;

	private volatile long selfLast;

	public NodeTable(String self, Duration lease, LongSupplier clock) {
		this.self = self;
		this.lease = lease.toNanos();
		this.clock = clock;
		this.selfSince = clock.getAsLong();
		this.selfLast = this.selfSince;
	}

	Set<String> others() {
		return Set.copyOf(this.heard.keySet());
	}

	void onLost(Consumer<String> listener) {
		this.listeners.add(listener);
	}

	/**
	 * Supposes that a node lives, until it is not heard for a lease.
	 * @param node a node that something names
	 */
	public void suppose(String node) {
		if (!node.equals(this.self)) {
			this.heard.putIfAbsent(node, this.clock.getAsLong());
		}
	}

	void heard(String node) {
		long now = this.clock.getAsLong();
		if (!node.equals(this.self)) {
			if (this.heard.put(node, now) == null) {
				logger.info("Another node of this registry is there: {}", node);
			}
			return;
		}
		if (now - this.selfLast > this.lease / 2) {
			this.selfSince = now;
		}
		this.selfLast = now;
	}

	/**
	 * A node has said that it ends.
	 * @param node the node
	 */
	void left(String node) {
		if (this.heard.remove(node) != null) {
			lost(node);
		}
	}

	/**
	 * Whether the way to the others works, as this node's own signs of life show.
	 * @return whether one came within half a lease
	 */
	boolean hearsItself() {
		return this.clock.getAsLong() - this.selfLast <= this.lease / 2;
	}

	// Looks who was not heard for a lease.
	void look() {
		long now = this.clock.getAsLong();
		if (!hearsItself() || now - this.selfSince < this.lease) {
			return;
		}
		this.heard.forEach((node, at) -> {
			if (now - Math.max(at, this.selfSince) >= this.lease && this.heard.remove(node, at)) {
				lost(node);
			}
		});
	}

	private void lost(String node) {
		logger.info("Another node of this registry is gone: {}", node);
		for (Consumer<String> listener : this.listeners) {
			try {
				listener.accept(node);
			}
			catch (RuntimeException ex) {
				logger.error("A listener failed on the loss of a node and the others are told: {}", node, ex);
			}
		}
	}

}
