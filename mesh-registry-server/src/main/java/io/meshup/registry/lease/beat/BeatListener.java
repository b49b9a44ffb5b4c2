package io.meshup.registry.lease.beat;

import io.meshup.model.beat.Beat;
import io.meshup.registry.lease.instance.LeaseKey;

/**
 * Hears each beat that was accepted, on any thread, in no order between instances.
 */
@FunctionalInterface
public interface BeatListener {

	/**
	 * A beat was accepted.
	 * @param key the instance
	 * @param beat what it said
	 */
	void onBeat(LeaseKey key, Beat beat);

}
