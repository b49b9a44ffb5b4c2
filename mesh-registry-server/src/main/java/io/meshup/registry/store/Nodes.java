package io.meshup.registry.store;

import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * The nodes of one registry: what they share besides rules. Thread-safe; nothing blocks.
 */
public interface Nodes {

	/**
	 * This run of this node.
	 * @return a random id, another one after each start
	 */
	String self();

	/**
	 * The other nodes whose leases of their own have not ended, as far as this node
	 * knows.
	 * @return their ids, never {@link #self()}; empty where there is only one node
	 */
	Set<String> others();

	/**
	 * Whether this node has been answered lately by what it shares with the others. While
	 * it has not, it cannot know what the others did: it expires nobody and asks its
	 * clients to go to another node.
	 * @return {@code true} where there is only one node
	 */
	boolean isConnected();

	/**
	 * Shares what this node says of instances. Each row comes back on every node, on this
	 * one too, with the next {@link ServiceChanged} of its service, in the same order
	 * everywhere. Never blocks; calls before the next publication become one batch (at
	 * most 20 ms), in which the rows keep their order: of several rows of one instance
	 * the last may stand for all. While the others are out of reach the services are
	 * published on this node at once, without the rows: those follow on every node when
	 * the others are in reach again.
	 * @param rows rows with {@link #self()} as their node
	 */
	void share(List<SharedLease> rows);

	/**
	 * The last row that counts of each instance (see {@link SharedLease#follows}), as the
	 * part of the log has it that this node has published so far. At the start it is what
	 * was there before {@link MeshStore#firstRevision()}.
	 * @return a copy
	 */
	List<SharedLease> leases();

	/**
	 * Hears of {@link #leases()} at once, and each time that it was loaded anew as it is
	 * in the store, whatever this node had shared or believed, because a part of the log
	 * was lost; the services that differ are published after that. Own rows are not
	 * shared again by the store: who holds the leases does that. Nothing is published
	 * during a call, so that who joined the change feed before misses nothing.
	 * @param listener called on the calling thread at first, then on that of the change
	 * feed; must not block
	 */
	void onReloaded(Runnable listener);

	/**
	 * Tells the other nodes something: at best effort, not durable, without a revision.
	 * Of one topic only the newest waits to be sent.
	 * @param topic what it is about, [a-z-]+
	 * @param news at most a few megabytes
	 */
	void tell(String topic, byte[] news);

	/**
	 * Whether the newest news of a topic has not been sent yet, so that others would take
	 * its place.
	 * @param topic what it is about
	 * @return {@code false} where it was sent or is lost
	 */
	default boolean isWaiting(String topic) {
		return false;
	}

	/**
	 * Hears what the others tell.
	 * @param topic what it is about
	 * @param listener gets the node and its news, on one thread; must not block
	 */
	void listen(String topic, BiConsumer<String, byte[]> listener);

	/**
	 * Hears of nodes whose own lease ended: they died, stand still or are cut off. Never
	 * called while this node itself is not connected, nor before it has been connected
	 * again for as long as a node's lease.
	 * @param listener gets the node's id; must not block
	 */
	void onNodeLost(Consumer<String> listener);

}
