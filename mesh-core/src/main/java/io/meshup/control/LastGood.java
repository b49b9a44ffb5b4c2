package io.meshup.control;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.meshup.model.ServiceSnapshot;

/**
 * The last good state: what was in force, and whose word it was.
 *
 * @param registry the registry's name
 * @param snapshots one per service
 * @param names the names of all services; empty in files of earlier versions
 * @param wanted the services that were watched because they were called
 */
record LastGood(String registry, List<ServiceSnapshot> snapshots, Set<String> names, Set<String> wanted) {

	@SuppressWarnings({ "ConstantValue", "NullAway" })
	LastGood {
		snapshots = List.copyOf(snapshots);
		names = (names != null) ? Collections.unmodifiableSet(new TreeSet<>(names)) : Set.of();
		wanted = (wanted != null) ? Collections.unmodifiableSet(new TreeSet<>(wanted)) : Set.of();
	}

	LastGood(String registry, List<ServiceSnapshot> snapshots) {
		this(registry, snapshots, Set.of(), Set.of());
	}

}
