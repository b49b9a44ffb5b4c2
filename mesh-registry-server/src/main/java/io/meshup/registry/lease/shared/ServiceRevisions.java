package io.meshup.registry.lease.shared;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.meshup.registry.store.MeshStore;
import io.meshup.registry.store.Nodes;
import io.meshup.registry.store.SharedLease;

/**
 * The revision of each service's last change. It hears of each before the watchers do,
 * because it is made before what serves them. Thread-safe.
 */
public final class ServiceRevisions implements Publication {

	private final Map<String, Long> revisions = new ConcurrentHashMap<>();

	private final MeshStore store;

	private final Nodes nodes;

	public ServiceRevisions(MeshStore store, Nodes nodes) {
		this.store = store;
		this.nodes = nodes;
		store.subscribe((change) -> this.revisions.put(change.service(), change.revision()));
	}

	@Override
	public void changed(String service) {
		this.store.touch(service);
	}

	@Override
	public void share(SharedLease row) {
		this.nodes.share(List.of(row));
	}

	@Override
	public long last(String service) {
		return this.revisions.getOrDefault(service, this.store.firstRevision());
	}

}
