package io.meshup.registry.watch;

import java.util.Collection;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

import io.meshup.model.MeshJson;
import org.jspecify.annotations.Nullable;

/**
 * The names of all services at one moment, for watchers that do not watch all of them.
 * Encoded when the first watcher takes it. Thread-safe.
 */
final class Names {

	private final String registry;

	private final boolean isPartial;

	private final SortedSet<String> all;

	private final @Nullable Before before;

	private final long number;

	private @Nullable Frame whole;

	private @Nullable Frame step;

	/**
	 * Notes the names.
	 * @param registry the registry's name
	 * @param isPartial whether names may be missing
	 * @param all the names
	 * @param before what most watchers have
	 */
	Names(String registry, boolean isPartial, SortedSet<String> all, @Nullable Names before) {
		this.registry = registry;
		this.isPartial = isPartial;
		this.all = all;
		this.number = (before != null) ? before.number + 1 : 0;
		this.before = (before != null && before.isPartial == isPartial) ? new Before(before.number, before.all) : null;
	}

	boolean has(String service) {
		return this.all.contains(service);
	}

	boolean isSame(boolean partial, Set<String> names) {
		return this.isPartial == partial && this.all.equals(names);
	}

	/**
	 * The event for a watcher.
	 * @param known what it was sent before, or {@code null}
	 * @return all names, or what differs
	 */
	synchronized Frame since(@Nullable Names known) {
		if (known != null && this.before != null && known.number == this.before.number()) {
			this.step = (this.step != null) ? this.step : Frame.names(MeshJson.write(step(this.before.names())));
			return this.step;
		}
		this.whole = (this.whole != null) ? this.whole
				: Frame.names(MeshJson.write(new Whole(this.registry, this.isPartial, this.all)));
		return this.whole;
	}

	private Step step(SortedSet<String> known) {
		SortedSet<String> added = new TreeSet<>(this.all);
		added.removeAll(known);
		SortedSet<String> removed = new TreeSet<>(known);
		removed.removeAll(this.all);
		return new Step(this.registry, this.isPartial, added, removed);
	}

	// Not the names themselves, which know those before them.
	private record Before(long number, SortedSet<String> names) {
	}

	private record Whole(String registry, boolean partial, Collection<String> names) {
	}

	private record Step(String registry, boolean partial, Collection<String> added, Collection<String> removed) {
	}

}
