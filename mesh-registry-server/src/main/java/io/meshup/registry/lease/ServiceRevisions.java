package io.meshup.registry.lease;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.meshup.registry.store.MeshStore;

/**
 * The revision of each service's last change. Thread-safe.
 */
final class ServiceRevisions {

	private final Map<String, Long> revisions = new ConcurrentHashMap<>();

	private final MeshStore store;

	ServiceRevisions(MeshStore store) {
		this.store = store;
		store.subscribe((change) -> this.revisions.put(change.service(), change.revision()));
	}

	long of(String service) {
		return this.revisions.getOrDefault(service, this.store.firstRevision());
	}

}
