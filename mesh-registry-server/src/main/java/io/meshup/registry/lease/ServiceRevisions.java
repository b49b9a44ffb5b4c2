package io.meshup.registry.lease;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.meshup.registry.store.MeshStore;

/**
 * The revision of each service's last change. It hears of each before the watchers do,
 * because it is made before what serves them. Thread-safe.
 */
final class ServiceRevisions implements Publication {

	private final Map<String, Long> revisions = new ConcurrentHashMap<>();

	private final MeshStore store;

	ServiceRevisions(MeshStore store) {
		this.store = store;
		store.subscribe((change) -> this.revisions.put(change.service(), change.revision()));
	}

	@Override
	public void changed(String service) {
		this.store.touch(service);
	}

	@Override
	public long last(String service) {
		return this.revisions.getOrDefault(service, this.store.firstRevision());
	}

}
