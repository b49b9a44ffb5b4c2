package io.meshup.registry.store;

import java.util.List;

/**
 * Tells that something about a service is in force since a revision.
 *
 * @param service the service, or {@code *} for rules of the whole mesh
 * @param revision the revision; each is given to one service only
 * @param rows what the nodes shared of the service's instances, in the order in which
 * every node gets it; empty for a change of rules
 */
public record ServiceChanged(String service, long revision, List<SharedLease> rows) {

	public ServiceChanged {
		rows = List.copyOf(rows);
	}

	/**
	 * A change that no instance has made.
	 * @param service the service, or {@code *}
	 * @param revision the revision
	 */
	public ServiceChanged(String service, long revision) {
		this(service, revision, List.of());
	}

}
