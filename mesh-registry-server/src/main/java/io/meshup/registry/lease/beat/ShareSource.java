package io.meshup.registry.lease.beat;

import java.util.Map;

import io.meshup.model.beat.Beat;
import io.meshup.registry.lease.instance.LeaseKey;

/**
 * Knows what the answer to a beat says of mesh-wide limits. Called by many threads.
 */
@FunctionalInterface
public interface ShareSource {

	/**
	 * A beat was accepted and is about to be answered.
	 * @param key the instance
	 * @param beat what it said
	 * @return which part of each limit in demand the instance may have, 0 to 1
	 */
	Map<String, Double> shares(LeaseKey key, Beat beat);

	/**
	 * A beat was answered by another node.
	 * @param key the instance
	 * @param beat what it said
	 * @param shares what it was told
	 */
	default void told(LeaseKey key, Beat beat, Map<String, Double> shares) {
	}

}
