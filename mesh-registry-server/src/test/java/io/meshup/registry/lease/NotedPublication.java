package io.meshup.registry.lease;

import java.util.List;

/**
 * Notes what is told; each change is a revision, published when the test says so.
 */
final class NotedPublication implements Publication {

	private final List<String> changes;

	volatile long last;

	NotedPublication(List<String> changes) {
		this.changes = changes;
	}

	@Override
	public void changed(String service) {
		this.changes.add(service);
	}

	@Override
	public long last(String service) {
		return this.last;
	}

}
