package io.meshup.registry.watch.image;

import java.util.Comparator;

/**
 * That a service changed, once or several times since it was last sent.
 *
 * @param service the service
 * @param first the first revision that was not sent
 * @param latest the last one
 */
public record Change(String service, long first, long latest) implements Comparable<Change> {

	private static final Comparator<Change> ORDER = Comparator.comparingLong(Change::first)
		.thenComparing(Change::service);

	public Change and(Change later) {
		return new Change(this.service, Math.min(this.first, later.first), Math.max(this.latest, later.latest));
	}

	@Override
	public int compareTo(Change other) {
		return ORDER.compare(this, other);
	}

}
