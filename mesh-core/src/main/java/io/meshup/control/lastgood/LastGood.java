package io.meshup.control.lastgood;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.meshup.model.ServiceSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * The last good state: what was in force, and whose word it was.
 *
 * @param registry the registry's name
 * @param snapshots one per service
 * @param names the names of all services; empty in files of earlier versions
 * @param wanted the services that were watched because they were called
 * @param sticky the sticky keys of all routes; empty in files of earlier versions
 * @param inherited the services that only a former registry has named
 * @param spares what was seen of all services, also of those that were not watched; empty
 * in files of earlier versions
 */
public record LastGood(String registry, List<ServiceSnapshot> snapshots, Set<String> names, Set<String> wanted,
		Set<String> sticky, Set<String> inherited, List<ServiceSnapshot> spares) {

	@SuppressWarnings({ "ConstantValue", "NullAway" })
	public LastGood {
		snapshots = List.copyOf(snapshots);
		names = sorted(names);
		wanted = sorted(wanted);
		sticky = sorted(sticky);
		inherited = sorted(inherited);
		spares = (spares != null) ? List.copyOf(spares) : List.of();
	}

	private static Set<String> sorted(@Nullable Set<String> texts) {
		return (texts != null) ? Collections.unmodifiableSet(new TreeSet<>(texts)) : Set.of();
	}

}
