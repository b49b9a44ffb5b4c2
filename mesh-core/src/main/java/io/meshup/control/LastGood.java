package io.meshup.control;

import java.util.List;

import io.meshup.model.ServiceSnapshot;

/**
 * The last good state: what was in force, and whose word it was.
 *
 * @param registry the registry's name
 * @param snapshots one per service
 */
record LastGood(String registry, List<ServiceSnapshot> snapshots) {

	LastGood {
		snapshots = List.copyOf(snapshots);
	}

}
