package io.meshup.registry.watch.image;

import java.util.Comparator;

import org.jspecify.annotations.Nullable;

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

	/**
	 * What of it came after a revision.
	 * @param revision all up to here is known
	 * @return {@code null} when nothing did
	 */
	public @Nullable Change after(long revision) {
		if (this.latest <= revision) {
			return null;
		}
		return (this.first > revision) ? this : new Change(this.service, this.latest, this.latest);
	}

	@Override
	public int compareTo(Change other) {
		return ORDER.compare(this, other);
	}

}
