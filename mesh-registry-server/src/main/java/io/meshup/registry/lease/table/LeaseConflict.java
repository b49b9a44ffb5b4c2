package io.meshup.registry.lease.table;

import io.meshup.registry.lease.instance.LeaseKey;

/**
 * Another process holds the id and is alive.
 */
public final class LeaseConflict extends RuntimeException {

	private static final long serialVersionUID = 1L;

	LeaseConflict(LeaseKey key) {
		super("'" + key + "' belongs to another process that is alive. Give this instance an id of its own "
				+ "(mesh.instance.id), or stop the other process.", null, false, false);
	}

}
