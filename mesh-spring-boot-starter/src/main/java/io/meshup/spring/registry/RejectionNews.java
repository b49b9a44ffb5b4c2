package io.meshup.spring.registry;

import io.meshup.control.RegistryClient;
import io.meshup.traffic.event.TrafficChange;
import io.meshup.traffic.event.TrafficListener;

/**
 * Tells the registry at once of a rule that this application cannot use, whatever the
 * interval of its beats. Thread-safe.
 */
final class RejectionNews implements TrafficListener {

	private final RegistryClient registry;

	RejectionNews(RegistryClient registry) {
		this.registry = registry;
	}

	@Override
	public void onChange(TrafficChange change) {
		if (change.kind() == TrafficChange.Kind.RULE_REJECTED) {
			this.registry.beatNow();
		}
	}

}
