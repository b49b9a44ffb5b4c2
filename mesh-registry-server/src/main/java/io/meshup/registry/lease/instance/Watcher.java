package io.meshup.registry.lease.instance;

import java.util.Comparator;

/**
 * An instance with an open line for a service.
 *
 * @param service the watching instance's own service
 * @param id its id
 * @param applied the revision up to which all that it watches is in force there
 */
public record Watcher(String service, String id, long applied) implements Comparable<Watcher> {

	private static final Comparator<Watcher> ORDER = Comparator.comparing(Watcher::service).thenComparing(Watcher::id);

	@Override
	public int compareTo(Watcher other) {
		return ORDER.compare(this, other);
	}

}
